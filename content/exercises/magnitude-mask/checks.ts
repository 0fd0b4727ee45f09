import { sparsity as engine } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const answer = { mask: 'numbers', threshold: 'number' } as const;

/** Asks for a mask and holds it against the one that is wanted. */
async function expectMask(
  call: CheckTools['call'],
  weights: Float32Array,
  sparsity: number,
  wanted: { mask: ArrayLike<number>; threshold: number },
): Promise<void> {
  const got = await call('magnitudeMask', [weights, sparsity], answer);
  const of = `of ${weights.length} weights at sparsity ${sparsity}`;
  expectClose(got.threshold, wanted.threshold, { tolerance: 1e-7, label: `threshold ${of}` });
  expectArrayEqual(got.mask, wanted.mask, { label: `mask ${of}` });
}

/** The engine's own answer. */
function byEngine(
  weights: Float32Array,
  sparsity: number,
): { mask: ArrayLike<number>; threshold: number } {
  const { mask, threshold } = engine.magnitudeMask(weights, sparsity);
  const values = Array.from(mask.dataSync());
  mask.dispose();
  return { mask: values, threshold };
}

export default defineChecks([
  check('example', 'The masks of the statement come out', async ({ call }) => {
    const rows: [number[], number, number[], number][] = [
      [[0.3, -0.9, 0.1, 0.5], 0.5, [0, 1, 0, 1], Math.fround(0.5)],
      [[0.5, -0.25, 0.5, -0.5], 0.5, [1, 0, 1, 1], 0.5],
      [[4, -3, 2, -1, 0.5], 0.5, [1, 1, 0, 0, 0], 3],
      [[0.25, -0.75], 0.875, [0, 1], 0.75],
    ];
    for (const [weights, sparsity, mask, threshold] of rows) {
      await expectMask(call, new Float32Array(weights), sparsity, { mask, threshold });
    }
  }),

  check('any', 'Any weights get the mask that the engine gives them', async ({ call, rng }) => {
    for (const sparsity of [0.25, 0.5, 0.75, 0.875]) {
      const weights = rng.normals(8 * rng.integer(10, 60), rng.uniform(-0.1, 0.1), 0.2);
      await expectMask(call, weights, sparsity, byEngine(weights, sparsity));
    }
  }),

  check('ties', 'Weights that tie with the threshold are all kept', async ({ call, rng }) => {
    for (let round = 0; round < 4; round++) {
      const sizes = [0.125, 0.25, 0.5, 1];
      const weights = Float32Array.from({ length: 40 }, () => {
        return sizes[rng.integer(0, 3)]! * (rng.uniform(0, 1) < 0.5 ? -1 : 1);
      });
      await expectMask(call, weights, 0.5, byEngine(weights, 0.5));
    }
    const alike = new Float32Array(9).fill(-0.5);
    await expectMask(call, alike, 0.75, { mask: new Array<number>(9).fill(1), threshold: 0.5 });
  }),

  check('half', 'Half a weight is rounded to the even number', async ({ call, rng }) => {
    for (const count of [5, 7, 9, 11]) {
      const values = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1) * (i + 1));
      const weights = Float32Array.from(rng.shuffle(values));
      await expectMask(call, weights, 0.5, byEngine(weights, 0.5));
    }
  }),

  check('one-left', 'One weight is always left', async ({ call, rng }) => {
    const few = rng.normals(3);
    await expectMask(call, few, 0.9375, byEngine(few, 0.9375));
    await expectMask(call, new Float32Array([-2]), 0.75, { mask: [1], threshold: 2 });
  }),

  check('nothing', 'Sparsity 0 keeps everything, zeros too', async ({ call }) => {
    const weights = new Float32Array([0, -0.5, 0.25, 0]);
    await expectMask(call, weights, 0, { mask: [1, 1, 1, 1], threshold: 0 });
  }),

  check('repeats', 'The same weights get the same mask again', async ({ call, rng }) => {
    const weights = rng.normals(64);
    const first = await call('magnitudeMask', [weights, 0.5], answer);
    await call('magnitudeMask', [rng.normals(64), 0.25], answer);
    const again = await call('magnitudeMask', [weights, 0.5], answer);
    expectArrayEqual(again.mask, Array.from(first.mask), { label: 'the second mask' });
    expectEqual(again.threshold, first.threshold, { label: 'the second threshold' });
  }),

  check('refuses', 'A sparsity that is none is refused by name', async ({ call }) => {
    for (const sparsity of [-0.1, 1, 1.5, NaN]) {
      await expectThrows(() => call('magnitudeMask', [new Float32Array([1, 2]), sparsity]), {
        when: `for the sparsity ${sparsity}`,
        mentions: { pattern: /sparsity/, words: 'the argument sparsity' },
      });
    }
  }),
]);
