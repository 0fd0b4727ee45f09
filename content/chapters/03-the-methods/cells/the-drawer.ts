import { Interpreter } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const { file, specimens } = await openTrial();

/** The smallest and the largest of each sheet of a hundred. */
const extremes = (values: Float32Array) =>
  Array.from({ length: 100 }, (_, i) =>
    numerics.minMax(values.subarray((i * values.length) / 100, ((i + 1) * values.length) / 100)),
  );
const pixels = extremes(specimens.images);
const passedOn = extremes(
  (upTo.predict(tf.tensor4d(specimens.images, specimens.shape)) as tf.Tensor).dataSync() as Float32Array,
);

/** How many times narrower a range is when one sheet is left out. */
function narrowing(ranges: numerics.ValueRange[], without: number): number {
  const width = (kept: numerics.ValueRange[]) =>
    Math.max(0, ...kept.map(({ max }) => max)) - Math.min(0, ...kept.map(({ min }) => min));
  return width(ranges) / width(ranges.filter((_, i) => i !== without));
}

display.bar(Object.fromEntries(pixels.map(({ max }, i) => [i + 1, max])), { title: 'The darkest pixel of each sheet', xLabel: 'sheet' });
display.bar(Object.fromEntries(passedOn.map(({ max }, i) => [i + 1, max])), { title: 'The largest value that relu_1 sends on', xLabel: 'sheet' });
display.table(
  pixels
    .map(({ min, max }, i) => ({
      sheet: i + 1,
      'written as': specimens.labels[i],
      'palest pixel': min,
      'darkest pixel': Number(max.toFixed(3)),
      'pixels: narrower without it': Number(narrowing(pixels, i).toFixed(3)),
      'relu_1: narrower without it': Number(narrowing(passedOn, i).toFixed(3)),
    }))
    .sort((a, b) => b['relu_1: narrower without it'] - a['relu_1: narrower without it'])
    .sort((a, b) => b['pixels: narrower without it'] - a['pixels: narrower without it'])
    .slice(0, 8),
  { title: 'The eight sheets that widen the ranges most (times)' },
);

// What the file itself says of its input: the first tensor in whole numbers.
const trial = new Interpreter(file);
const [input] = trial.getTensorDetails().filter(({ dtype, shape }) => dtype === 'int8' && shape.join() === '1,28,28,1');
const [scale] = input.quantization.scales;
console.log(`The file was made for pixels over a range of ${(255 * scale).toFixed(3)}.`);
