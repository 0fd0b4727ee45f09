import { sparsity, tf } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';

type Matrix = number[][];

const strike = { deleted: 'numbers', foretold: 'number' } as const;

const matrix = (rows: number, columns: number, value: () => number): Matrix =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, value));

/** The formula, by another way round: a product of matrices. */
function wanted(weights: Matrix, inputs: Matrix, curvatures: Matrix): Matrix {
  const h = weights.map((row) => row.map(() => 0));
  inputs.forEach((x, e) =>
    x.forEach((value, i) =>
      curvatures[e]!.forEach((c, j) => {
        h[i]![j]! += (value * value * c) / inputs.length;
      }),
    ),
  );
  return h.map((row, i) => row.map((bend, j) => 0.5 * bend * weights[i]![j]! ** 2));
}

export default defineChecks([
  check('example', 'The answers of the statement come out', async ({ call }) => {
    const rows: [Matrix, Matrix, Matrix, number[]][] = [
      [[[3], [0.5]], [[0.1, 2], [-0.1, 2]], [[2], [2]], [0.09, 1]],
      [[[1, -2]], [[1], [3]], [[1, 0], [0, 1]], [0.25, 9]],
    ]; // prettier-ignore
    for (const [weights, inputs, curvatures, answer] of rows) {
      const got = await call('saliencies', [weights, inputs, curvatures], [['number']]);
      expectArrayClose(got.flat(), answer, { label: 'the saliencies' });
    }
    for (const [saliency, count, deleted, foretold] of [
      [[0.5, 0.25, 2], 2, [1, 0], 0.75],
      [[10, 9, 9], 1, [1], 9],
    ] as const) {
      const got = await call('leastWorth', [[...saliency], count], strike);
      expectArrayEqual(got.deleted, [...deleted], { label: 'the places' });
      expectClose(got.foretold, foretold, { label: 'foretold' });
    }
  }),

  check('any', 'Any layer gets its saliencies', async ({ call, rng }) => {
    for (let round = 0; round < 6; round++) {
      const [n, k, m] = [rng.integer(1, 9), rng.integer(1, 6), rng.integer(1, 5)] as const;
      const weights = matrix(k, m, () => rng.normal(0, 0.3));
      const inputs = matrix(n, k, () => rng.normal(0.2, 1));
      const curvatures = matrix(n, m, () => rng.uniform(0, 0.25));
      const got = await call('saliencies', [weights, inputs, curvatures], [['number']]);
      expectArrayClose(got.flat(), wanted(weights, inputs, curvatures).flat(), {
        tolerance: 1e-9,
        label: `the saliencies of ${k} × ${m} weights over ${n} examples`,
      });
      expectEqual(got.length, k, { label: 'the number of rows' });
    }
  }),

  check(
    'engine',
    'A layer of probabilities gets what the engine gives it',
    async ({ call, rng }) => {
      const [n, k, m] = [12, 5, 3];
      const weights = matrix(k, m, () => rng.normal(0, 0.5));
      const inputs = matrix(n, k, () => rng.uniform(0, 1));
      // The curvature of cross-entropy in a score is p(1 − p).
      const curvatures = inputs.map((x) => {
        const scores = weights[0]!.map((_, j) =>
          x.reduce((sum, v, i) => sum + v * weights[i]![j]!, 0),
        );
        const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
        return scores.map((score) => (Math.exp(score) / total) * (1 - Math.exp(score) / total));
      });
      const layer = tf.layers.dense({
        units: m,
        inputShape: [k],
        activation: 'softmax',
        useBias: false,
      });
      const model = tf.sequential({ layers: [layer] });
      const [kernel, x] = [tf.tensor2d(weights), tf.tensor2d(inputs)];
      model.setWeights([kernel]);
      const [found] = sparsity.obdSaliency(model, x, new Array<number>(n).fill(0));
      model.dispose();
      tf.dispose([kernel, x]);
      const got = await call('saliencies', [weights, inputs, curvatures], [['number']]);
      expectArrayClose(got.flat(), Array.from(found!.saliency), {
        tolerance: 1e-6,
        label: 'the saliencies of a softmax layer',
      });
    },
  ),

  check(
    'order',
    'Of any list the least go first, and their sum is foretold',
    async ({ call, rng }) => {
      for (let round = 0; round < 5; round++) {
        const values = Array.from({ length: rng.integer(4, 40) }, () => rng.uniform(0, 40));
        const count = rng.integer(1, values.length);
        const places = values.map((_, i) => i).toSorted((a, b) => values[a]! - values[b]!);
        const got = await call('leastWorth', [values, count], strike);
        expectArrayEqual(got.deleted, places.slice(0, count), { label: 'the places' });
        expectClose(
          got.foretold,
          values.toSorted((a, b) => a - b).slice(0, count).reduce((a, b) => a + b, 0), // prettier-ignore
          { relative: 1e-9, label: 'foretold' },
        );
      }
    },
  ),

  check('ties', 'Of equal ones the earlier place goes first', async ({ call }) => {
    const got = await call('leastWorth', [[0, 3, 0, 0, 3], 4], strike);
    expectArrayEqual(got.deleted, [0, 2, 3, 1], { label: 'the places' });
  }),

  check('none-and-all', 'None may go, or all', async ({ call }) => {
    const none = await call('leastWorth', [[2, 1], 0], strike);
    expectEqual(none.deleted.length, 0, { label: 'how many go' });
    expectClose(none.foretold, 0, { label: 'foretold' });
    const all = await call('leastWorth', [[2, 1], 2], strike);
    expectArrayEqual(all.deleted, [1, 0], { label: 'the places' });
  }),

  check('refuses', 'A count that is none is refused by name', async ({ call }) => {
    for (const count of [-1, 4, 1.5, NaN]) {
      await expectThrows(() => call('leastWorth', [[1, 2, 3], count]), {
        when: `for the count ${count}`,
        mentions: { pattern: /count/, words: 'the argument count' },
      });
    }
  }),
]);
