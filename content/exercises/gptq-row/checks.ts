import { quantization, tf } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayEqual,
  expectEqual,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Matrix = number[][];

const APART: Matrix = [[1, 0], [0, 1]]; // prettier-ignore
const SHARED: Matrix = [[4 / 3, -2 / 3], [-2 / 3, 4 / 3]]; // prettier-ignore

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

/** Inputs that have something in common, and their mean products with a little on the diagonal. */
function layer(rng: CheckTools['rng'], size: number): { inputs: Matrix; hessian: Matrix } {
  const inputs = Array.from({ length: 3 * size }, () => {
    const common = rng.normal(0, 1);
    return Array.from({ length: size }, () => common + rng.normal(0, 0.6));
  });
  const gram = Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (_, j) => inputs.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / inputs.length,
    ),
  );
  const power = gram.reduce((sum, row, i) => sum + row[i]! / size, 0);
  return {
    inputs,
    hessian: gram.map((row, i) => row.map((value, j) => value + (i === j ? 0.01 * power : 0))),
  };
}

/** The codes, each found by solving anew for the best places of all the weights that are left. */
function wanted(weights: number[], hessian: Matrix, scale: number, qmax: number): number[] {
  const w = [...weights];
  return weights.map((_, i) => {
    const code = Math.max(-qmax, Math.min(qmax, Math.round(w[i]! / scale)));
    const moved = code * scale - w[i]!;
    const rest = weights.map((_, j) => j).filter((j) => j > i);
    const inverse = inverted(rest.map((j) => rest.map((k) => hessian[j]![k]!)));
    rest.forEach((j, row) => {
      w[j]! -=
        moved * rest.reduce((sum, k, column) => sum + inverse[row]![column]! * hessian[k]![i]!, 0);
    });
    return code;
  });
}

/** How wrong the unit’s sum is, in the mean square. */
const errorOf = (weights: number[], codes: number[], scale: number, inputs: Matrix): number =>
  inputs.reduce(
    (sum, x) =>
      sum + x.reduce((s, value, i) => s + value * (weights[i]! - codes[i]! * scale), 0) ** 2,
    0,
  ) / inputs.length;

export default defineChecks([
  check('example', 'The codes of the statement come out', async ({ call }) => {
    for (const [weights, inverse, codes] of [
      [[0.7, 0.2], APART, [1, 0]],
      [[0.7, 0.2], SHARED, [1, 1]],
      [[5, 0.2], SHARED, [3, 3]],
    ] as const) {
      const got = await call('gptqRow', [[...weights], inverse, 0.5, 3], 'numbers');
      expectArrayEqual(got, [...codes], { label: `codes of ${weights.join(' and ')}` });
    }
  }),

  check('any', 'Any unit gets its codes', async ({ call, rng }) => {
    for (let round = 0; round < 6; round++) {
      const size = rng.integer(3, 8);
      const { hessian } = layer(rng, size);
      const weights = Array.from({ length: size }, () => rng.normal(0, 0.4));
      const got = await call('gptqRow', [weights, inverted(hessian), 0.3, 3], 'numbers');
      expectArrayEqual(got, wanted(weights, hessian, 0.3, 3), {
        label: `codes of ${size} weights`,
      });
    }
  }),

  check('engine', 'A unit gets the codes that the engine gives it', async ({ call, rng }) => {
    const size = 7;
    const { inputs, hessian } = layer(rng, size);
    const weights = Array.from(Float32Array.from({ length: size }, () => rng.normal(0, 0.5)));
    const dense = tf.layers.dense({ units: 1, inputShape: [size], useBias: false });
    const model = tf.sequential({ layers: [dense] });
    const kernel = tf.tensor2d(weights, [size, 1]);
    model.setWeights([kernel]);
    const rounded = await quantization.gptq(
      model,
      function* () {
        yield tf.tensor2d(inputs);
      },
      { numBits: 3 },
    );
    const scale = Math.max(...weights.map(Math.abs)) / 3;
    const codes = Array.from(rounded.getWeights()[0]!.dataSync(), (w) => Math.round(w / scale));
    rounded.dispose();
    model.dispose();
    kernel.dispose();
    const got = await call('gptqRow', [weights, inverted(hessian), scale, 3], 'numbers');
    expectArrayEqual(got, codes, { label: 'the codes' });
  }),

  check('better', 'The sums come out better than by the nearest codes', async ({ call, rng }) => {
    let [passed, nearest] = [0, 0];
    for (let round = 0; round < 6; round++) {
      const size = 10;
      const { inputs, hessian } = layer(rng, size);
      const weights = Array.from({ length: size }, () => rng.normal(0, 0.4));
      const codes = await call('gptqRow', [weights, inverted(hessian), 0.4, 3], 'numbers');
      passed += errorOf(weights, Array.from(codes), 0.4, inputs);
      nearest += errorOf(
        weights,
        weights.map((w) => Math.max(-3, Math.min(3, Math.round(w / 0.4)))),
        0.4,
        inputs,
      );
    }
    expectTrue(
      passed < nearest,
      'Over six units the sums are no better than those of the nearest codes.',
      {
        got: passed,
        expected: `less than ${nearest}`,
      },
    );
  }),

  check('range', 'No code goes beyond the ends', async ({ call, rng }) => {
    const { hessian } = layer(rng, 6);
    const weights = Array.from({ length: 6 }, () => rng.normal(0, 4));
    const got = await call('gptqRow', [weights, inverted(hessian), 0.5, 7], 'numbers');
    expectArrayEqual(got, wanted(weights, hessian, 0.5, 7), { label: 'codes, some of them held' });
    expectEqual(Math.max(...Array.from(got, Math.abs)) <= 7, true, { label: 'within ±7' });
  }),

  check('repeats', 'The same unit gets the same codes again', async ({ call, rng }) => {
    const { hessian } = layer(rng, 5);
    const weights = Array.from({ length: 5 }, () => rng.normal(0, 0.4));
    const inverse = inverted(hessian);
    const first = await call('gptqRow', [weights, inverse, 0.3, 3], 'numbers');
    const again = await call('gptqRow', [weights, inverse, 0.3, 3], 'numbers');
    expectArrayEqual(again, Array.from(first), { label: 'the codes of the second call' });
  }),
]);
