import { clustering, numerics } from 'heavy-weights';
import { openModel } from 'heavy-weights/book';
import { check, defineChecks, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

interface Order {
  sparsity: number;
  values: number;
  bits: number;
}

const asked = ({ sparsity, values, bits }: Order): string =>
  `asked for ${Math.round(100 * sparsity)} % zeros, ${values} values and ${bits} bits`;

/** The places of the smallest weights, as many as are asked for. */
function smallest(weights: Float32Array, share: number): Set<number> {
  const places = [...weights.keys()].sort((a, b) => Math.abs(weights[a]!) - Math.abs(weights[b]!));
  return new Set(places.slice(0, Math.round(weights.length * share)));
}

/** The three operations in their order, worked out once more. */
function ownSolution(weights: Float32Array, { sparsity, values, bits }: Order): Float32Array {
  const out = smallest(weights, sparsity);
  const pruned = weights.map((weight, i) => (out.has(i) ? 0 : weight));
  const { centroids, indices } = clustering.kMeans(pruned, {
    numberOfClusters: values,
    preserveSparsity: true,
  });
  const clustered = Float32Array.from(indices, (index) => centroids[index]!);
  const params = numerics.chooseQuantizationParams(numerics.minMax(clustered), {
    numBits: bits,
    symmetric: true,
    narrowRange: true,
  });
  return numerics.dequantize(numerics.quantize(clustered, params), params);
}

/** Σ (w − ŵ)² over the weights that pruning by size would keep. */
function errorOfKept(weights: Float32Array, result: ArrayLike<number>, share: number): number {
  const out = smallest(weights, share);
  return weights.reduce((sum, w, i) => sum + (out.has(i) ? 0 : (w - result[i]!) ** 2), 0);
}

async function ask(
  call: CheckTools['call'],
  weights: Float32Array,
  order: Order,
): Promise<ArrayLike<number>> {
  const result = await call('squeeze', [weights, order], 'Float32Array');
  expectTrue(
    result.length === weights.length,
    `There should be ${weights.length} numbers; there are ${result.length}.`,
    { got: result.length, expected: weights.length },
  );
  return result;
}

function expectZeros(result: ArrayLike<number>, order: Order): void {
  const wanted = Math.round(result.length * order.sparsity);
  const zeros = Array.from(result).filter((weight) => weight === 0).length;
  expectTrue(zeros >= wanted, `${zeros} numbers are 0; ${asked(order)}, that is ${wanted}.`, {
    got: zeros,
    expected: `at least ${wanted}`,
  });
}

function expectFewValues(result: ArrayLike<number>, order: Order): void {
  const values = new Set(Array.from(result, (weight) => weight + 0)).size;
  expectTrue(values <= order.values, `There are ${values} different numbers; ${asked(order)}.`, {
    got: values,
    expected: `at most ${order.values}`,
  });
}

function expectOnGrid(result: ArrayLike<number>, order: Order): void {
  const last = 2 ** (order.bits - 1) - 1;
  const numbers = Array.from(result);
  const largest = numbers.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest / last;
  const off = numbers.find((weight) => {
    const code = scale === 0 ? 0 : weight / scale;
    return !(Math.abs(code - Math.round(code)) <= 1e-3);
  });
  expectTrue(
    off === undefined,
    `${off} is no whole multiple of the scale, ${largest} divided by ${last}; ${asked(order)}.`,
    { got: off, expected: 'a whole multiple of the scale' },
  );
}

function expectGood(weights: Float32Array, result: ArrayLike<number>, order: Order): void {
  const error = errorOfKept(weights, result, order.sparsity);
  const own = errorOfKept(weights, ownSolution(weights, order), order.sparsity);
  const times = (error / own).toFixed(2);
  expectTrue(
    error <= 1.5 * own,
    `Over the weights that are kept the squared error is ${times} times the book’s; ${asked(order)}.`,
    { got: error, expected: `at most ${1.5 * own}` },
  );
}

/** A bell of weights about zero. */
const someBell = (rng: Rng): Float32Array => rng.normals(1000, 0, rng.uniform(0.02, 0.5));

/** Weights that lie mostly to one side: the mean of the small ones is not 0. */
const someSkewed = (rng: Rng): Float32Array =>
  rng.normals(800, 0.4, 0.6).map((weight) => weight * Math.abs(weight));

export default defineChecks([
  check('zeros', 'As many numbers are zero as were asked for', async ({ call, rng }) => {
    for (const order of [
      { sparsity: 0.3, values: 4, bits: 8 },
      { sparsity: 0.5, values: 6, bits: 7 },
      { sparsity: 0.4, values: 3, bits: 8 },
    ]) {
      expectZeros(await ask(call, someSkewed(rng), order), order);
    }
  }),

  check('values', 'There are no more values than were asked for', async ({ call, rng }) => {
    for (const order of [
      { sparsity: 0.5, values: 3, bits: 8 },
      { sparsity: 0.8, values: 16, bits: 8 },
      { sparsity: 0.2, values: 10, bits: 6 },
    ]) {
      expectFewValues(await ask(call, someBell(rng), order), order);
    }
  }),

  check('grid', 'Every number is a whole multiple of one scale', async ({ call, rng }) => {
    for (const order of [
      { sparsity: 0.8, values: 16, bits: 8 },
      { sparsity: 0.4, values: 8, bits: 5 },
      { sparsity: 0.6, values: 32, bits: 8 },
    ]) {
      expectOnGrid(await ask(call, someBell(rng), order), order);
    }
  }),

  check('survivors', 'The values are spent on the weights that are kept', async ({ call, rng }) => {
    for (const order of [
      { sparsity: 0.8, values: 16, bits: 8 },
      { sparsity: 0.9, values: 12, bits: 8 },
      { sparsity: 0.7, values: 8, bits: 8 },
    ]) {
      const weights = someBell(rng);
      expectGood(weights, await ask(call, weights, order), order);
    }
  }),

  check('all-three', 'All of it at once, whatever is asked for', async ({ call, rng }) => {
    for (let round = 0; round < 6; round++) {
      const order = {
        sparsity: rng.integer(0, 18) / 20,
        values: rng.integer(4, 32),
        bits: rng.integer(5, 8),
      };
      const weights = round % 2 === 0 ? someBell(rng) : someSkewed(rng);
      const result = await ask(call, weights, order);
      expectZeros(result, order);
      expectFewValues(result, order);
      expectOnGrid(result, order);
      expectGood(weights, result, order);
    }
  }),

  check('the-reader', 'A layer of the first reader is squeezed', async ({ call }) => {
    const model = await openModel('lenet-300-100');
    const weights = model.getLayer('dense_2').getWeights()[0]!.dataSync() as Float32Array;
    const order = { sparsity: 0.8, values: 16, bits: 8 };
    const result = await ask(call, weights.slice(), order);
    expectZeros(result, order);
    expectFewValues(result, order);
    expectOnGrid(result, order);
    expectGood(weights, result, order);
  }),
]);
