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

interface Case {
  weights: Float32Array;
  sparsity: number;
  mask: ArrayLike<number>;
  threshold: number;
}

/** Asks for masks and holds each against the one that is wanted. */
async function expectMasks({ callEach }: CheckTools, ...cases: Case[]): Promise<void> {
  for (const [{ weights, sparsity, mask, threshold }, given] of callEach(
    'magnitudeMask',
    cases,
    (each) => [each.weights, each.sparsity],
    answer,
  )) {
    const got = await given();
    const of = `of ${weights.length} weights at sparsity ${sparsity}`;
    expectClose(got.threshold, threshold, { tolerance: 1e-7, label: `threshold ${of}` });
    expectArrayEqual(got.mask, mask, { label: `mask ${of}` });
  }
}

/** The engine's own answer is wanted. */
function byEngine(weights: Float32Array, sparsity: number): Case {
  const { mask, threshold } = engine.magnitudeMask(weights, sparsity);
  const values = Array.from(mask.dataSync());
  mask.dispose();
  return { weights, sparsity, mask: values, threshold };
}

export default defineChecks([
  check('example', 'The masks of the statement come out', async (tools) => {
    const rows: [number[], number, number[], number][] = [
      [[0.3, -0.9, 0.1, 0.5], 0.5, [0, 1, 0, 1], Math.fround(0.5)],
      [[0.5, -0.25, 0.5, -0.5], 0.5, [1, 0, 1, 1], 0.5],
      [[4, -3, 2, -1, 0.5], 0.5, [1, 1, 0, 0, 0], 3],
      [[0.25, -0.75], 0.875, [0, 1], 0.75],
    ];
    await expectMasks(
      tools,
      ...rows.map(([weights, sparsity, mask, threshold]) => ({
        weights: new Float32Array(weights),
        sparsity,
        mask,
        threshold,
      })),
    );
  }),

  check('any', 'Any weights get the mask that the engine gives them', async (tools) => {
    const { rng } = tools;
    const cases = [0.25, 0.5, 0.75, 0.875].map((sparsity) =>
      byEngine(rng.normals(8 * rng.integer(10, 60), rng.uniform(-0.1, 0.1), 0.2), sparsity),
    );
    await expectMasks(tools, ...cases);
  }),

  check('ties', 'Weights that tie with the threshold are all kept', async (tools) => {
    const { rng } = tools;
    const sizes = [0.125, 0.25, 0.5, 1];
    const cases = Array.from({ length: 4 }, () => {
      const weights = Float32Array.from({ length: 40 }, () => {
        return sizes[rng.integer(0, 3)]! * (rng.uniform(0, 1) < 0.5 ? -1 : 1);
      });
      return byEngine(weights, 0.5);
    });
    const alike = new Float32Array(9).fill(-0.5);
    const all = { mask: new Array<number>(9).fill(1), threshold: 0.5 };
    await expectMasks(tools, ...cases, { weights: alike, sparsity: 0.75, ...all });
  }),

  check('half', 'Half a weight is rounded to the even number', async (tools) => {
    const cases = [5, 7, 9, 11].map((count) => {
      const values = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1) * (i + 1));
      return byEngine(Float32Array.from(tools.rng.shuffle(values)), 0.5);
    });
    await expectMasks(tools, ...cases);
  }),

  check('one-left', 'One weight is always left', async (tools) => {
    const one = { weights: new Float32Array([-2]), sparsity: 0.75, mask: [1], threshold: 2 };
    await expectMasks(tools, byEngine(tools.rng.normals(3), 0.9375), one);
  }),

  check('nothing', 'Sparsity 0 keeps everything, zeros too', async (tools) => {
    const weights = new Float32Array([0, -0.5, 0.25, 0]);
    await expectMasks(tools, { weights, sparsity: 0, mask: [1, 1, 1, 1], threshold: 0 });
  }),

  check('repeats', 'The same weights get the same mask again', async ({ call, rng }) => {
    const weights = rng.normals(64);
    const first = await call('magnitudeMask', [weights, 0.5], answer);
    await call('magnitudeMask', [rng.normals(64), 0.25], answer);
    const again = await call('magnitudeMask', [weights, 0.5], answer);
    expectArrayEqual(again.mask, Array.from(first.mask), { label: 'the second mask' });
    expectEqual(again.threshold, first.threshold, { label: 'the second threshold' });
  }),

  check('refuses', 'A sparsity that is none is refused by name', async ({ callEach }) => {
    const two = new Float32Array([1, 2]);
    const wrong = [-0.1, 1, 1.5, NaN];
    for (const [sparsity, given] of callEach('magnitudeMask', wrong, (each) => [two, each])) {
      await expectThrows(given, {
        when: `for the sparsity ${sparsity}`,
        mentions: { pattern: /sparsity/, words: 'the argument sparsity' },
      });
    }
  }),
]);
