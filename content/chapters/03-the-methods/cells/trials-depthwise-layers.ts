import { Interpreter, numerics } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();

const found = depthwise.map((layer) => {
  const { data, shape, quantization: rule } = trial.trace().find(({ name }) => name === `${layer}/kernel`);
  const channels = shape[3];
  const ours = folded.getLayer(layer).getWeights()[0].dataSync() as Float32Array;
  const scaleOf = (c: number) => rule.scales[rule.scales.length === 1 ? 0 : c];
  const theirs = ours.map((_, i) => Number(data[i]) * scaleOf(i % channels));
  const ofChannel = (values: Float32Array, c: number) => values.filter((_, i) => i % channels === c);
  const left = Array.from({ length: channels }, (_, c) => numerics.sqnr(ofChannel(ours, c), ofChannel(theirs, c)));
  return { layer, channels, scales: rule.scales, left };
});

display.table(
  found.map(({ layer, channels, scales, left }) => ({
    layer,
    filters: channels,
    scales: scales.length,
    'largest scale': Number(Math.max(...scales).toPrecision(3)),
    'SQNR, best filter (dB)': Number(Math.max(...left).toFixed(1)),
    'worst filter (dB)': Number(Math.min(...left).toFixed(1)),
    'filters below 20 dB': left.filter((decibels) => decibels < 20).length,
  })),
  { title: 'The depthwise layers of the trial file, against the light reader folded in float' },
);
for (const { layer, left } of found) {
  display.bar(Object.fromEntries(left.map((decibels, c) => [c + 1, decibels])), {
    title: `SQNR of each filter of ${layer}`,
    xLabel: 'filter',
    yLabel: 'dB',
  });
}
