import { Interpreter } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();

display.table(
  trial
    .trace()
    .filter(({ name }) => name.endsWith('/kernel'))
    .map(({ name, shape, data, quantization: { scales, quantizedDimension } }) => {
      const layer = name.split('/')[0];
      const floats = kernelOf(layer);
      const due =
        layer === 'logits' // the dense layer is due one scale
          ? [numerics.chooseQuantizationParams(numerics.minMax(floats.values), eight).scale]
          : numerics.chooseQuantizationParamsPerAxis(floats.values, floats.shape, layer.startsWith('depth') ? 2 : 3, eight).scales;

      // The largest code under each scale: a scale that was made for its codes takes one of them to 127.
      const inner = shape.slice(quantizedDimension + 1).reduce((product, size) => product * size, 1);
      const largest = new Array<number>(scales.length).fill(0);
      data.forEach((code: number, i: number) => {
        const c = Math.floor(i / inner) % shape[quantizedDimension];
        const s = scales.length === 1 ? 0 : c;
        largest[s] = Math.max(largest[s], Math.abs(code));
      });

      const ratios = scales.map((scale, i) => scale / (due[i] ?? due[0]));
      return {
        layer,
        scales: scales.length,
        'scales due': due.length,
        'least, in the file ÷ due': Number(Math.min(...ratios).toFixed(3)),
        'most, in the file ÷ due': Number(Math.max(...ratios).toFixed(3)),
        'whose codes reach 127': largest.filter((code) => code === 127).length,
      };
    }),
  { title: 'The trial file’s scales, against those of the light reader' },
);
