import { Interpreter } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();

/** A kernel of the light reader in the order in which a .tflite file keeps it. */
function asFiled(name: string): Float32Array {
  const [tensor] = light.getLayer(name).getWeights();
  const order = name.startsWith('depthwise')
    ? [0, 1, 2, 3]
    : tensor.rank === 4
      ? [3, 0, 1, 2]
      : [1, 0];
  return tf.tidy(() => tf.transpose(tensor, order).dataSync()) as Float32Array;
}

/** Which scale belongs to weight i, for a shape and the axis of its scales. */
const scaleAt = (shape: number[], axis: number, i: number) =>
  Math.floor(i / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % shape[axis]!;

display.table(
  trial
    .trace()
    .filter(({ constant, dtype }) => constant && dtype === 'int8')
    .map(({ name, data, shape, quantization: { scales, quantizedDimension } }) => {
      const [kernelOf] = name.split('/') as [string];
      const wanted = asFiled(kernelOf);
      const count = { nearest: 0, other: 0, further: 0, zero: 0 };
      wanted.forEach((w, i) => {
        const at = scales.length === 1 ? 0 : scaleAt(shape, quantizedDimension, i);
        const off = Math.abs(Number(data[i]) - w / scales[at]!);
        if (off < 0.51) count.nearest += 1;
        else if (Number(data[i]) === 0) count.zero += 1;
        else if (off < 1) count.other += 1;
        else count.further += 1;
      });
      return {
        layer: kernelOf,
        nearest: count.nearest,
        'the other way': count.other,
        'further off': count.further,
        'struck out': count.zero,
      };
    }),
  { title: 'The trial file’s codes, against the light reader by the file’s own scales' },
);
