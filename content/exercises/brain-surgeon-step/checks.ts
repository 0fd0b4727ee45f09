import { sparsity, tf } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayClose,
  expectClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Matrix = number[][];
interface Step {
  removed: number;
  saliency: number;
  weights: number[];
  inverse: Matrix;
}

/** Asks for one step, in plain arrays. */
async function step(call: CheckTools['call'], weights: number[], inverse: Matrix): Promise<Step> {
  const got = await call('surgeonStep', [weights, inverse], {
    removed: 'integer',
    saliency: 'number',
    weights: 'numbers',
    inverse: ['numbers'],
  });
  return {
    ...got,
    weights: Array.from(got.weights),
    inverse: got.inverse.map((row) => Array.from(row)),
  };
}

/** The inverse of a symmetric positive matrix, by elimination. */
function inverted(matrix: Matrix): Matrix {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let p = 0; p < n; p++) {
    const pivot = rows[p]![p]!;
    rows[p] = rows[p]!.map((value) => value / pivot);
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const share = rows[i]![p]!;
      rows[i] = rows[i]!.map((value, j) => value - share * rows[p]![j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** A Hessian of inputs that have something in common. */
function hessian(rng: CheckTools['rng'], size: number): Matrix {
  const inputs = Array.from({ length: size + 4 }, () => {
    const common = rng.normal(0, 1);
    return Array.from({ length: size }, () => common + rng.normal(0, 0.7));
  });
  return Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (_, j) => inputs.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / inputs.length,
    ),
  );
}

const without = (matrix: Matrix, gone: readonly number[]): Matrix =>
  matrix.filter((_, i) => !gone.includes(i)).map((row) => row.filter((_, j) => !gone.includes(j)));

export default defineChecks([
  check('example', 'The steps of the statement come out', async ({ call }) => {
    const apart = await step(call, [3, 0.5], [[100, 0], [0, 0.25]]); // prettier-ignore
    expectEqual(apart.removed, 0, { label: 'the weight that goes, of two apart' });
    expectClose(apart.saliency, 0.045, { label: 'its saliency' });
    expectArrayClose(apart.weights, [0, 0.5], { label: 'the weights' });
    expectArrayClose(apart.inverse.flat(), [0, 0, 0, 0.25], { label: 'the inverse' });
    const shared = await step(call, [1, 1], [[4 / 3, -2 / 3], [-2 / 3, 4 / 3]]); // prettier-ignore
    expectEqual(shared.removed, 0, { label: 'the weight that goes, of two alike' });
    expectClose(shared.saliency, 0.375, { label: 'its saliency' });
    expectArrayClose(shared.weights, [0, 1.5], { label: 'the weights' });
  }),

  check('best', 'The others stand where the loss is least', async ({ call, rng }) => {
    for (let round = 0; round < 4; round++) {
      const size = rng.integer(3, 7);
      const h = hessian(rng, size);
      const weights = Array.from({ length: size }, () => rng.normal(0, 1));
      const got = await step(call, weights, inverted(h));
      const moved = got.weights.map((w, i) => w - weights[i]!);
      const push = h.map((row) => row.reduce((sum, value, j) => sum + value * moved[j]!, 0));
      // At the best place nothing pulls at a weight that is free to move.
      expectArrayClose(
        push.filter((_, i) => i !== got.removed),
        new Array<number>(size - 1).fill(0),
        { tolerance: 1e-6, label: 'the slopes in the weights that stay' },
      );
      const rise = moved.reduce((sum, m, i) => sum + (m * push[i]!) / 2, 0);
      expectClose(got.saliency, rise, { tolerance: 1e-6, label: 'the saliency' });
    }
  }),

  check('least', 'No other deletion would have cost less', async ({ call, rng }) => {
    for (let round = 0; round < 4; round++) {
      const size = rng.integer(3, 7);
      const inverse = inverted(hessian(rng, size));
      const weights = Array.from({ length: size }, () => rng.normal(0, 1));
      const costs = weights.map((w, q) => (w * w) / (2 * inverse[q]![q]!));
      const got = await step(call, weights, inverse);
      expectEqual(got.removed, costs.indexOf(Math.min(...costs)), {
        label: 'the weight that goes',
      });
    }
  }),

  check('again', 'The step can be taken again upon what it leaves', async ({ call, rng }) => {
    const size = 6;
    const h = hessian(rng, size);
    let weights = Array.from({ length: size }, () => rng.normal(0, 1));
    let inverse = inverted(h);
    const gone: number[] = [];
    for (let taken = 0; taken < 4; taken++) {
      const got = await step(call, weights, inverse);
      gone.push(got.removed);
      ({ weights, inverse } = got);
      expectArrayClose(without(inverse, gone).flat(), inverted(without(h, gone)).flat(), {
        relative: 1e-6,
        tolerance: 1e-6,
        label: `the inverse after ${taken + 1} deletions`,
      });
      for (const place of gone) {
        expectEqual(weights[place], 0, { label: `weight ${place}, deleted` });
        expectArrayClose(inverse[place]!, new Array<number>(size).fill(0), {
          tolerance: 0,
          label: `row ${place} of the inverse`,
        });
      }
    }
    expectEqual(new Set(gone).size, 4, { label: 'how many different weights went' });
  }),

  check('engine', 'A linear layer comes out as the engine leaves it', async ({ call, rng }) => {
    const [size, count, alpha] = [5, 12, 1e-4];
    const inputs = Array.from({ length: count }, () => {
      const common = rng.normal(0, 1);
      return Array.from({ length: size }, () => common + rng.normal(0, 0.6));
    });
    const start = Array.from({ length: size }, () => rng.normal(0, 1));
    const layer = tf.layers.dense({ units: 1, inputShape: [size], useBias: false });
    const model = tf.sequential({ layers: [layer] });
    const [kernel, x] = [tf.tensor2d(start, [size, 1]), tf.tensor2d(inputs)];
    model.setWeights([kernel]);
    const y = model.predict(x) as tf.Tensor;
    const surgery = sparsity.optimalBrainSurgeon(model, x, y, {
      remove: 2,
      alpha,
      loss: 'meanSquaredError',
    });
    const wanted = Array.from(surgery.model.getWeights()[0]!.dataSync());
    const order = surgery.deleted.map(({ index }) => index);
    surgery.model.dispose();
    model.dispose();
    tf.dispose([kernel, x, y]);
    const h = start.map((_, i) =>
      start.map(
        (_, j) =>
          (2 * inputs.reduce((sum, row) => sum + row[i]! * row[j]!, 0)) / count +
          (i === j ? alpha : 0),
      ),
    );
    let state = { weights: start, inverse: inverted(h) };
    const removed: number[] = [];
    for (let taken = 0; taken < 2; taken++) {
      const got = await step(call, state.weights, state.inverse);
      removed.push(got.removed);
      state = got;
    }
    expectArrayClose(removed, order, { label: 'the weights that went' });
    expectArrayClose(state.weights, wanted, { tolerance: 2e-4, label: 'the weights' });
  }),

  check('dead', 'What is deleted already is not deleted again', async ({ call }) => {
    const got = await step(call, [0, 2, 3], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // prettier-ignore
    expectEqual(got.removed, 1, { label: 'the weight that goes' });
    expectArrayClose(got.weights, [0, 0, 3], { label: 'the weights' });
    await expectThrows(() => call('surgeonStep', [[0, 0], [[0, 0], [0, 0]]]), {
      when: 'when every weight is 0',
      mentions: { pattern: /weights/, words: 'the argument weights' },
    }); // prettier-ignore
  }),
]);
