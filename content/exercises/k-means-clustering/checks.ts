import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectThrows,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

const kind = { centroids: 'numbers', indices: 'numbers' } as const;

/** The rule, worked out once more: every weight with its distances in a row. */
function byTurns(
  weights: Float32Array,
  start: number[],
  turns: number,
): { centroids: number[]; indices: number[] } {
  let centroids = [...start];
  const indicesNow = (): number[] =>
    Array.from(weights, (weight) => {
      const distances = centroids.map((centroid) => Math.abs(weight - centroid));
      return distances.indexOf(Math.min(...distances));
    });
  for (let turn = 0; turn < turns; turn++) {
    const indices = indicesNow();
    centroids = centroids.map((centroid, k) => {
      const own = Array.from(weights).filter((_, i) => indices[i] === k);
      return own.length === 0 ? centroid : own.reduce((sum, one) => sum + one, 0) / own.length;
    });
  }
  return { centroids, indices: indicesNow() };
}

async function expectClusters(
  call: CheckTools['call'],
  weights: Float32Array,
  start: number[],
  turns: number,
): Promise<{ centroids: ArrayLike<number>; indices: ArrayLike<number> }> {
  const wanted = byTurns(weights, start, turns);
  const answer = await call('cluster', [weights, start, turns], kind);
  expectArrayClose(answer.centroids, wanted.centroids, {
    relative: 1e-5,
    label: `the centroids after ${turns} turns`,
  });
  expectArrayEqual(answer.indices, wanted.indices, { label: `the indices after ${turns} turns` });
  return answer;
}

/** Weights in some heaps, and centroids among them in random order. */
function someHeaps(rng: Rng, count: number, k: number): [Float32Array, number[]] {
  const heaps = Array.from({ length: k }, () => rng.uniform(-1, 1));
  const weights = Float32Array.from({ length: count }, (_, i) =>
    rng.normal(heaps[i % k]!, rng.uniform(0.02, 0.3)),
  );
  return [weights, Array.from(rng.floats(k, -1.2, 1.2))];
}

export default defineChecks([
  check('examples', 'The examples of the statement', async ({ call }) => {
    await expectClusters(call, Float32Array.of(-1, 0, 1, 4, 6), [0, 4], 1);
    await expectClusters(call, Float32Array.of(0, 2, 4, 10), [1, 3], 2);
  }),

  check(
    'assigns',
    'Without a turn every weight goes to its nearest centroid',
    async ({ call, rng }) => {
      const [weights, start] = someHeaps(rng, 60, 5);
      await expectClusters(call, weights, start, 0);
    },
  ),

  check('ties', 'Of equally near centroids the first has the weight', async ({ call }) => {
    await expectClusters(call, Float32Array.of(0, 2, 4, 10), [1, 3], 1);
    await expectClusters(call, Float32Array.of(2, 2, 5, 7), [3, 1, 6], 1);
    await expectClusters(call, Float32Array.of(2, 2, 5), [4, 4], 1);
  }),

  check('empty', 'A centroid without weights stays where it is', async ({ call }) => {
    await expectClusters(call, Float32Array.of(1, 2), [1.5, 9], 5);
    await expectClusters(call, Float32Array.of(1, 2, 3), [-50, 2, 60], 1);
  }),

  check('latest', 'The indices are those of the centroids at the end', async ({ call }) => {
    await expectClusters(call, Float32Array.of(0, 2, 4, 10), [1, 3], 1);
    await expectClusters(call, Float32Array.of(0, 1, 2, 3, 4, 20), [0, 1], 1);
  }),

  check('turns', 'As many turns are taken as were asked for', async ({ call, rng }) => {
    for (const turns of [1, 2, 3, 7, 30]) {
      const [weights, start] = someHeaps(rng, 80, rng.integer(2, 7));
      await expectClusters(call, weights, start, turns);
    }
  }),

  check('order', 'Centroids come in the order of the start', async ({ call, rng }) => {
    const [weights] = someHeaps(rng, 50, 4);
    await expectClusters(call, weights, [0.9, -0.9, 0.3, -0.3], 6);
  }),

  check('better', 'No turn makes the squared error larger', async ({ call, rng }) => {
    const [weights, start] = someHeaps(rng, 120, 6);
    let before = Infinity;
    for (let turns = 0; turns < 8; turns++) {
      const { centroids, indices } = await expectClusters(call, weights, start, turns);
      const error = weights.reduce(
        (sum, weight, i) => sum + (weight - centroids[indices[i]!]!) ** 2,
        0,
      );
      expectTrue(error <= before * (1 + 1e-6), `Turn ${turns} made the error larger.`, {
        got: error,
        expected: `at most ${before}`,
      });
      before = error;
    }
  }),

  check('edges', 'No weights, and one centroid', async ({ call, rng }) => {
    await expectClusters(call, new Float32Array(0), [1, 2], 3);
    await expectClusters(call, rng.normals(20), [5], 2);
  }),

  check('refuses', 'A start without centroids is refused', async ({ call }) => {
    await expectThrows(() => call('cluster', [Float32Array.of(1), [], 1]), {
      when: 'for no centroid',
      mentions: { pattern: /start/, words: 'the argument start' },
    });
  }),
]);
