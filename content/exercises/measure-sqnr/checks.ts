import { check, defineChecks, expectClose, expectEqual, expectThrows } from 'heavy-weights/checks';

const label = 'the SQNR';
const floats = (...values: number[]): Float32Array => new Float32Array(values);

/** The ratio of two mean squares, for finite arrays with some noise. */
function decibels(weights: Float32Array, restored: Float32Array): number {
  const meanSquare = (values: number[]): number =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const errors = Array.from(weights, (weight, i) => weight - (restored[i] ?? NaN));
  return 10 * (Math.log10(meanSquare(Array.from(weights))) - Math.log10(meanSquare(errors)));
}

export default defineChecks([
  check('decibels', 'The ratio of the powers comes in decibels', async ({ call }) => {
    const twenty = await call('sqnr', [floats(3, -4), floats(3, -3.5)], 'number');
    expectClose(twenty, 20, { tolerance: 1e-4, label });
    const forty = await call('sqnr', [floats(2, 0, -2, 1), floats(2.03, 0, -2, 1)], 'number');
    expectClose(forty, 40, { tolerance: 1e-3, label });
    const half = await call('sqnr', [floats(1, 1, 1), floats(3, 1, -1)], 'number');
    expectClose(half, -4.259687, { tolerance: 1e-4, label });
  }),

  check('nothing-kept', 'Weights replaced by zeros come to 0 dB', async ({ call }) => {
    const none = await call('sqnr', [floats(3, -4), floats(0, 0)], 'number');
    expectClose(none, 0, { tolerance: 1e-4, label });
  }),

  check('random', 'Random layers and random noise are measured', async ({ callEach, rng }) => {
    const pairs = Array.from({ length: 8 }, (): [Float32Array, Float32Array] => {
      const weights = rng.normals(rng.integer(1, 200), 0, rng.uniform(0.01, 2));
      const noise = rng.normals(weights.length, 0, rng.uniform(1e-4, 1));
      return [weights, weights.map((weight, i) => weight + (noise[i] ?? 0))];
    });
    for (const [[weights, restored], answer] of callEach('sqnr', pairs, (pair) => pair, 'number'))
      expectClose(await answer(), decibels(weights, restored), { tolerance: 1e-3, label });
  }),

  check(
    'six-decibels',
    'A bit more is worth about six decibels',
    async ({ call, rng, numerics }) => {
      const weights = rng.floats(4000, -1, 1);
      const measure = async (numBits: number): Promise<number> => {
        const options = { numBits, symmetric: true, narrowRange: true };
        const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
        const restored = numerics.dequantize(numerics.quantize(weights, params), params);
        return call('sqnr', [weights, restored], 'number');
      };
      expectClose((await measure(8)) - (await measure(7)), 6.02, {
        tolerance: 0.5,
        label: 'the gain from 7 to 8 bits',
      });
    },
  ),

  check('no-noise', 'Without noise the ratio is Infinity', async ({ call }) => {
    expectEqual(await call('sqnr', [floats(1, 2), floats(1, 2)], 'number'), Infinity, { label });
    expectEqual(await call('sqnr', [floats(0, 0), floats(0, 0)], 'number'), Infinity, { label });
  }),

  check('no-signal', 'Noise on weights that are all 0 gives −Infinity', async ({ call }) => {
    expectEqual(await call('sqnr', [floats(0, 0), floats(0, 0.5)], 'number'), -Infinity, { label });
  }),

  check('broken', 'NaN gives NaN', async ({ call }) => {
    expectEqual(await call('sqnr', [floats(1, NaN), floats(1, 2)], 'number'), NaN, { label });
    expectEqual(await call('sqnr', [floats(1, 2), floats(NaN, 2)], 'number'), NaN, { label });
  }),

  check('refuses', 'Empty arrays, and two of different length, are refused', async ({ call }) => {
    await expectThrows(() => call('sqnr', [floats(), floats()]), { when: 'for empty arrays' });
    await expectThrows(() => call('sqnr', [floats(1, 2), floats(1)]), {
      when: 'for 2 weights and 1 restored weight',
    });
  }),
]);
