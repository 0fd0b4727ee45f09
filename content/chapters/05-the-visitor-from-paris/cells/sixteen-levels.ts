import { numerics, quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const kernel = heavy.getLayer('dense_1').getWeights()[0]!;
// One unit after the other, so that neighbours are weights of one unit.
const weights = tf.tidy(() => kernel.transpose().dataSync()) as Float32Array;

/** Restores weights in blocks of 64, each by its own largest weight. */
function inBlocks(values: Float32Array, levels: readonly number[]) {
  const left = new Float32Array(values.length);
  const used = levels.map(() => 0);
  for (let from = 0; from < values.length; from += 64) {
    const block = values.subarray(from, from + 64);
    const largest = block.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    block.forEach((w, i) => {
      const x = largest === 0 ? 0 : w / largest;
      let at = 0;
      while (at < levels.length - 1 && x > (levels[at]! + levels[at + 1]!) / 2) at++;
      used[at]! += 1;
      left[from + i] = levels[at]! * largest;
    });
  }
  return { sqnr: numerics.sqnr(values, left), used };
}

const even = Array.from({ length: 15 }, (_, i) => (i - 7) / 7);
// The table is in the engine: all sixteen codes, with a scale of 1.
const codes = Uint8Array.from({ length: 8 }, (_, i) => 34 * i + 1);
const normal = numerics.decodeNf4({
  packed: codes,
  scales: Float32Array.of(1),
  blockSize: 16,
  length: 16,
});

const evenly = inBlocks(weights, even);
const byBell = inBlocks(weights, Array.from(normal));
display.table(
  [
    { levels: '15, even', 'SQNR (dB)': evenly.sqnr.toFixed(2) },
    { levels: '16, NF4', 'SQNR (dB)': byBell.sqnr.toFixed(2) },
  ],
  { title: 'dense_1, a scale for every 64 weights: 4.5 bits a weight' },
);
for (const [title, levels, { used }] of [
  ['Weights at each of the even levels', even, evenly],
  ['Weights at each level of NF4', normal, byBell],
] as const) {
  const bars = used.map((count, i) => [Number(levels[i]).toFixed(2), count]);
  display.bar(Object.fromEntries(bars), { title, xLabel: 'level' });
}
