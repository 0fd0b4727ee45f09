import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectClose,
  expectThrows,
  expectTrue,
} from 'heavy-weights/checks';

const label = 'the codes';

/** Whether w / s is so near a half that the last bit of a division could decide. */
const nearHalf = (steps: number): boolean => Math.abs((Math.abs(steps) % 1) - 0.5) < 1e-3;

/** Largest |w|, by sorting rather than by scanning. */
function farthest(weights: Float32Array): number {
  return (
    Array.from(weights, Math.abs)
      .sort((a, b) => a - b)
      .at(-1) ?? 0
  );
}

export default defineChecks([
  check(
    'scale',
    'The largest |weight|, on either side, lands on 127',
    async ({ callEach, rng }) => {
      const example = new Float32Array([0.5, -1.27, 0.004, 0.3]);
      const layers = [example, ...[0, -0.4, 0.4].map((shift) => rng.normals(50, shift, 0.3))];
      for (const [weights, scale] of callEach('chooseScale', layers, (each) => [each], 'number'))
        expectClose(await scale(), farthest(weights) / 127, { relative: 1e-6 });
    },
  ),

  check('zeros', 'A layer of zeros has the scale 1', async ({ call }) => {
    expectClose(await call('chooseScale', [new Float32Array(6)], 'number'), 1);
  }),

  check('nearest', 'Every weight goes to the nearest step', async ({ call, rng }) => {
    const three = new Float32Array([2.9, -2.9, 2.1]);
    expectArrayEqual(await call('quantize', [three, 1], 'Int8Array'), [3, -3, 2], { label });
    const scale = rng.uniform(0.001, 0.01);
    const weights = rng.floats(80, -127 * scale, 127 * scale).filter((w) => !nearHalf(w / scale));
    const codes = await call('quantize', [weights, scale], 'Int8Array');
    const lost = weights.findIndex((w, i) => Math.abs(w - scale * (codes[i] ?? NaN)) > scale / 2);
    expectTrue(
      codes.length === weights.length && lost < 0,
      'No weight may be farther than half a step from what its code stands for.',
      {
        got: codes[lost] ?? codes,
        expected: lost < 0 ? `${weights.length} codes` : Math.round((weights[lost] ?? 0) / scale),
      },
    );
  }),

  check('halves', 'Halves go away from zero, on both sides', async ({ call }) => {
    const weights = new Float32Array([0.25, -0.25, 1.25, -1.25, 2.75, -2.75]);
    const codes = await call('quantize', [weights, 0.5], 'Int8Array');
    expectArrayEqual(codes, [1, -1, 3, -3, 6, -6], { label });
  }),

  check('saturates', 'What would pass the ends is held at ±127', async ({ call, rng }) => {
    // Both calls before the first expectation: a clamp on the weights and no clamp at all differ in one.
    const ends = await call('quantize', [rng.floats(10, 200, 5000), 1], 'Int8Array');
    const weights = new Float32Array([100, -100, 63.5, -64, 0]);
    const codes = await call('quantize', [weights, 0.5], 'Int8Array');
    expectArrayEqual(codes, [127, -127, 127, -127, 0], { label });
    expectArrayEqual(ends, new Int8Array(10).fill(127), { label });
  }),

  check('restores', 'Dequantizing multiplies each code by the scale', async ({ call, rng }) => {
    const codes = Int8Array.from({ length: 30 }, () => rng.integer(-127, 127));
    const scale = rng.uniform(0.001, 0.1);
    const weights = await call('dequantize', [codes, scale], 'Float32Array');
    expectArrayClose(
      weights,
      Array.from(codes, (code) => code * scale),
      { relative: 1e-6 },
    );
    expectArrayEqual(await call('dequantize', [new Int8Array(0), 0.5], 'Float32Array'), []);
  }),

  check(
    'refuses',
    'An empty layer, NaN, infinity and a bad scale are refused',
    async ({ callEach }) => {
      const layers = [[], [0.5, NaN], [Infinity, 0.5]].map((w) => new Float32Array(w));
      const scales = [0, -0.5, NaN, Infinity];
      const ofLayer = (weights: Float32Array): string =>
        weights.length === 0
          ? 'for an empty layer'
          : `for weights with ${weights.find((w) => !Number.isFinite(w))}`;
      const one = new Float32Array([0.5]);
      const five = new Int8Array([5]);
      const asked = {
        layers: [
          ...callEach('chooseScale', layers, (weights) => [weights]),
          ...callEach('quantize', layers, (weights) => [weights, 0.5]),
        ],
        scales: [
          ...callEach('quantize', scales, (scale) => [one, scale]),
          ...callEach('dequantize', scales, (scale) => [five, scale]),
        ],
      };
      for (const [weights, answer] of asked.layers)
        await expectThrows(answer, { when: ofLayer(weights) });
      for (const [scale, answer] of asked.scales)
        await expectThrows(answer, { when: `for the scale ${scale}` });
    },
  ),
]);
