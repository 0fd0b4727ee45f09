import '@tensorflow/tfjs-backend-cpu';
import { createRng, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { cholesky, inverseFromCholesky } from '../../../src/engine/linear-algebra/cholesky.ts';
import { InverseHessian } from '../../../src/engine/sparsity/inverse-hessian.ts';
import { inputsFor, randomize } from './random-models.ts';
import { codeOf } from './reader-errors.ts';

beforeAll(() => startTensorFlow());

const { layers } = tf;
const invert = (h: Float64Array, n: number): Float64Array =>
  inverseFromCholesky(cholesky(h, n)!, n);

/** α·I + mean of x·xᵀ. */
function hessian(rows: readonly ArrayLike<number>[], count: number, alpha: number): Float64Array {
  const n = rows[0]!.length;
  const h = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      h[i * n + j] = rows.reduce((sum, x) => sum + (x[i]! * x[j]!) / count, i === j ? alpha : 0);
    }
  }
  return h;
}

const kernelOf = (model: tf.LayersModel, layer: string): Float32Array =>
  model.getLayer(layer).getWeights()[0]!.dataSync() as Float32Array;

describe('InverseHessian', () => {
  const n = 7;
  const rng = createRng(4);
  const rows = Array.from({ length: 12 }, () => Float64Array.from(rng.normals(n)));

  it.each([1e-6, 1e-2])('is the inverse of the sum of outer products (alpha %f)', (alpha) => {
    const inverse = new InverseHessian(n, alpha);
    rows.forEach((x) => inverse.add(x, 5));
    const wanted = invert(hessian(rows, 5, alpha), n);
    for (let q = 0; q < n; q++) {
      inverse.column(q).forEach((value, i) => expect(value).toBeCloseTo(wanted[i * n + q]!, 6));
      expect(inverse.diagonal(q)).toBe(inverse.column(q)[q]);
    }
  });

  it('loses a row and a column as if they had never been', () => {
    const inverse = new InverseHessian(n, 1e-6);
    rows.forEach((x) => inverse.add(x, 5));
    inverse.remove(3);
    inverse.remove(0);
    const left = [1, 2, 4, 5, 6];
    const part = rows.map((x) => left.map((i) => x[i]!));
    const wanted = invert(hessian(part, 5, 1e-6), left.length);
    left.forEach((q, b) => {
      const column = inverse.column(q);
      left.forEach((i, a) => expect(column[i]!).toBeCloseTo(wanted[a * left.length + b]!, 6));
      expect([column[0], column[3]]).toEqual([0, 0]);
    });
    expect([...inverse.column(3)]).toEqual(new Array(n).fill(0));
  });
});

/** Inputs that go together, so that weights can stand in for each other. */
function correlated(n: number, size: number, seed: number): tf.Tensor2D {
  const rng = createRng(seed);
  const values = new Float32Array(n * size);
  for (let b = 0; b < n; b++) {
    const common = rng.normals(2);
    for (let i = 0; i < size; i++) {
      values[b * size + i] = common[i % 2]! + 0.5 * rng.normal() * (1 + i / size);
    }
  }
  return tf.tensor2d(values, [n, size]);
}

const linear = (size: number, units: number, seed: number, useBias = false): tf.LayersModel => {
  const model = tf.sequential({
    layers: [layers.dense({ units, inputShape: [size], useBias, name: 'a' })],
  });
  const rng = createRng(seed);
  model.setWeights(model.getWeights().map((w) => tf.tensor(rng.normals(w.size), w.shape)));
  return model;
};

const squareLoss = (model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): number =>
  tf.mean(tf.squaredDifference(model.predict(x) as tf.Tensor, y)).dataSync()[0]!;

describe('optimalBrainSurgeon on a quadratic loss', () => {
  const size = 8;
  const options = { loss: 'meanSquaredError', alpha: 1e-8 } as const;

  it.each([1, 2, 3, 4, 5])(
    'foretells the loss, and is at the minimum that is left (seed %i)',
    (seed) => {
      const model = linear(size, 2, seed, seed % 2 === 0);
      const x = correlated(30, size, seed + 20);
      const y = model.predict(x) as tf.Tensor;
      for (const remove of [1, 4, 9]) {
        const surgery = sparsity.optimalBrainSurgeon(model, x, y, { ...options, remove });
        const measured = squareLoss(surgery.model, x, y);
        expect(Math.abs(surgery.predictedIncrease - measured)).toBeLessThan(1e-5 * measured + 1e-9);
        expect(surgery.loss.before).toBe(0);
        expect(surgery.loss.after).toBeCloseTo(measured, 6);
        // The slope of the loss in every weight that is left is 0.
        const { grads } = tf.variableGrads(() =>
          tf.mean(tf.squaredDifference(surgery.model.apply(x) as tf.Tensor, y)).asScalar(),
        );
        const kernel = kernelOf(surgery.model, 'a');
        const gone = new Set(surgery.deleted.map(({ index }) => index));
        expect(gone.size).toBe(remove);
        kernel.forEach((value, i) => expect(value === 0).toBe(gone.has(i)));
        const [slopes, biasSlopes] = surgery.model
          .getLayer('a')
          .weights.map((variable) => grads[(variable.read() as tf.Variable).name]!.dataSync());
        const steepest = Math.max(...slopes!.map(Math.abs));
        slopes!.forEach((slope, i) => {
          if (!gone.has(i)) expect(Math.abs(slope)).toBeLessThan(1e-4 * steepest + 1e-6);
        });
        biasSlopes?.forEach((slope) =>
          expect(Math.abs(slope)).toBeLessThan(1e-4 * steepest + 1e-6),
        );
      }
    },
  );

  it('deletes first the weight whose loss, everything else refitted, is least', () => {
    const model = linear(5, 1, 7);
    const x = correlated(20, 5, 3);
    const y = model.predict(x) as tf.Tensor;
    const rows = x.arraySync().map((row) => row.map((value) => value * Math.SQRT2));
    const wanted = Array.from({ length: 5 }, (_, q) => {
      // The loss of least squares without input q: what of w_q·x_q the others cannot make.
      const others = [0, 1, 2, 3, 4].filter((i) => i !== q);
      const h = hessian(
        rows.map((row) => others.map((i) => row[i]!)),
        20,
        0,
      );
      const inverse = invert(h, 4);
      const cross = others.map((i) => rows.reduce((sum, row) => sum + (row[i]! * row[q]!) / 20, 0));
      const own = rows.reduce((sum, row) => sum + (row[q]! * row[q]!) / 20, 0);
      const fitted = cross.reduce(
        (sum, c, i) => sum + c * cross.reduce((s, d, j) => s + inverse[i * 4 + j]! * d, 0),
        0,
      );
      return (kernelOf(model, 'a')[q]! ** 2 * (own - fitted)) / 2;
    });
    const { deleted } = sparsity.optimalBrainSurgeon(model, x, y, { ...options, remove: 1 });
    const least = Math.min(...wanted);
    expect(deleted[0]!.index).toBe(wanted.indexOf(least));
    expect(deleted[0]!.saliency).toBeCloseTo(least, 6);
    expect(deleted[0]!.layer).toBe('a');
  });

  it('loses less than saliencies do, and they less than magnitudes', () => {
    const totals = { surgeon: 0, damage: 0, magnitude: 0 };
    for (let seed = 1; seed <= 12; seed++) {
      const model = linear(size, 2, seed);
      const x = tf.tidy(() =>
        tf.mul(
          correlated(40, size, seed + 50),
          tf.tensor2d(createRng(seed).floats(size, 0.1, 3), [1, size]),
        ),
      );
      const y = model.predict(x) as tf.Tensor;
      const share = 0.5;
      const surgery = sparsity.optimalBrainSurgeon(model, x, y, { ...options, remove: share });
      expect(surgery.deleted.length).toBe(8);
      const saliencies = sparsity.obdSaliency(model, x, y, { loss: 'meanSquaredError' });
      const surgeon = squareLoss(surgery.model, x, y);
      const damage = squareLoss(sparsity.obdPrune(model, saliencies, share), x, y);
      const magnitude = squareLoss(sparsity.magnitudePrune(model, share), x, y);
      expect(surgeon).toBeLessThan(damage);
      totals.surgeon += surgeon;
      totals.damage += damage;
      totals.magnitude += magnitude;
    }
    expect(totals.surgeon).toBeLessThan(0.5 * totals.damage);
    expect(totals.damage).toBeLessThan(0.8 * totals.magnitude);
  });

  it('leaves what was 0 at 0, and counts it', () => {
    const model = linear(size, 2, 3);
    const x = correlated(30, size, 2);
    const y = model.predict(x) as tf.Tensor;
    const first = sparsity.optimalBrainSurgeon(model, x, y, { ...options, remove: 5 });
    const again = sparsity.optimalBrainSurgeon(first.model, x, y, { ...options, remove: 3 });
    const gone = [...first.deleted, ...again.deleted].map(({ index }) => index);
    expect(new Set(gone).size).toBe(8);
    kernelOf(again.model, 'a').forEach((value, i) => expect(value === 0).toBe(gone.includes(i)));
    // Of a quadratic the Hessian stays the same: two operations do what one does.
    const once = sparsity.optimalBrainSurgeon(model, x, y, { ...options, remove: 0.5 });
    expect(once.deleted.map(({ index }) => index)).toEqual(gone);
    expect(first.predictedIncrease + again.predictedIncrease).toBeCloseTo(
      once.predictedIncrease,
      5,
    );
    kernelOf(once.model, 'a').forEach((value, i) =>
      expect(value).toBeCloseTo(kernelOf(again.model, 'a')[i]!, 4),
    );
    const nothing = sparsity.optimalBrainSurgeon(once.model, x, y, { ...options, remove: 0.5 });
    expect(nothing.deleted).toEqual([]);
    expect(kernelOf(nothing.model, 'a')).toEqual(kernelOf(once.model, 'a'));
  });
});

describe('optimalBrainSurgeon on a convolutional network', () => {
  const network = (seed: number): tf.LayersModel =>
    randomize(
      tf.sequential({
        layers: [
          layers.conv2d({
            filters: 2,
            kernelSize: 2,
            inputShape: [4, 4, 1],
            activation: 'tanh',
            name: 'conv',
          }),
          layers.averagePooling2d({ poolSize: 2, strides: 1, name: 'pool' }),
          layers.flatten({ name: 'flat' }),
          layers.dense({ units: 3, activation: 'softmax', name: 'answer' }),
        ],
      }),
      seed,
    );

  it.each([1, 2])('works with the Gauss–Newton matrix of the cross-entropy (seed %i)', (seed) => {
    const model = network(seed);
    const x = inputsFor(model, 6, seed);
    const alpha = 1e-3;
    const logits = tf.model({
      inputs: model.inputs,
      outputs: model.getLayer('flat').output as tf.SymbolicTensor,
    });
    // z = flat·W + b, differentiated output by output and example by example.
    const variables = [...model.getLayer('conv').weights, ...model.getLayer('answer').weights].map(
      (weight) => weight.read() as tf.Variable,
    );
    const rows: Float64Array[] = [];
    for (let b = 0; b < 6; b++) {
      const one = tf.slice(x, [b, 0, 0, 0], [1, 4, 4, 1]);
      const p = (model.predict(one) as tf.Tensor).dataSync();
      const J = [0, 1, 2].map((c) => {
        const { grads } = tf.variableGrads(
          () =>
            tf
              .sum(
                tf.slice(
                  tf.add(
                    tf.matMul(
                      logits.apply(one) as tf.Tensor2D,
                      variables[2] as unknown as tf.Tensor2D,
                    ),
                    variables[3]!,
                  ),
                  [0, c],
                  [1, 1],
                ),
              )
              .asScalar(),
          variables,
        );
        return variables.flatMap(({ name }) => [...grads[name]!.dataSync()]);
      });
      for (let c = 0; c < 3; c++) {
        rows.push(
          Float64Array.from(J[0]!, (_, i) => {
            const mean = J.reduce((sum, row, d) => sum + p[d]! * row[i]!, 0);
            return Math.sqrt(p[c]!) * (J[c]![i]! - mean);
          }),
        );
      }
    }
    const n = rows[0]!.length;
    const inverse = invert(hessian(rows, 6, alpha), n);
    const w = variables.flatMap((variable) => [...variable.dataSync()]);
    const biases = [8, 9, n - 3, n - 2, n - 1];
    const saliencies = w.map((value, q) =>
      biases.includes(q) ? Infinity : value ** 2 / (2 * inverse[q * n + q]!),
    );
    const q = saliencies.indexOf(Math.min(...saliencies));
    const surgery = sparsity.optimalBrainSurgeon(model, x, [0, 1, 2, 0, 1, 2], {
      remove: 1,
      alpha,
    });
    expect(surgery.deleted).toEqual([
      {
        layer: q < 8 ? 'conv' : 'answer',
        index: q < 8 ? q : q - 10,
        saliency: expect.closeTo(saliencies[q]!, 5),
      },
    ]);
    const moved = surgery.model.getWeights().flatMap((tensor) => [...tensor.dataSync()]);
    moved.forEach((value, i) =>
      expect(value).toBeCloseTo(w[i]! - (w[q]! / inverse[q * n + q]!) * inverse[i * n + q]!, 4),
    );
    expect(moved.filter((value, i) => Math.abs(value - w[i]!) > 1e-6).length).toBeGreaterThan(
      n / 2,
    );
  });

  it('gives the same for any size of batch, leaves the model and no tensor behind', () => {
    const model = network(3);
    const x = inputsFor(model, 5, 3);
    const labels = [0, 1, 2, 0, 1];
    const weights = model.getWeights().map((tensor) => tensor.dataSync().slice());
    const operate = (batchSize: number) =>
      sparsity.optimalBrainSurgeon(model, x, labels, { remove: 4, batchSize });
    operate(2).model.dispose();
    const before = tf.memory().numTensors;
    const [one, all] = [operate(1), operate(32)];
    expect(one.deleted.map(({ index }) => index)).toEqual(all.deleted.map(({ index }) => index));
    expect(one.loss.before).toBeCloseTo(all.loss.before, 5);
    one.model.dispose();
    all.model.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(weights[i]));
  });

  it('measures the loss as Keras does', () => {
    const model = network(4);
    const x = inputsFor(model, 5, 3);
    const labels = [0, 1, 2, 0, 1];
    const { loss, model: operated } = sparsity.optimalBrainSurgeon(model, x, labels, { remove: 3 });
    const crossEntropy = (each: tf.LayersModel): number => {
      const p = (each.predict(x) as tf.Tensor).dataSync();
      return -labels.reduce((sum, label, b) => sum + Math.log(p[b * 3 + label]!), 0) / 5;
    };
    expect(loss.before).toBeCloseTo(crossEntropy(model), 5);
    expect(loss.after).toBeCloseTo(crossEntropy(operated), 5);
  });

  it('refuses what it cannot operate on', () => {
    const model = network(1);
    const x = inputsFor(model, 3, 1);
    const code = (options: object, labels: number[] = [0, 1, 2]) =>
      codeOf(() => sparsity.optimalBrainSurgeon(model, x, labels, options as never));
    expect(code({ remove: 0.5, alpha: 0 })).toBe('alpha-not-positive');
    expect(code({ remove: 0.5, alpha: NaN })).toBe('not-a-finite-number');
    expect(code({ remove: -1 })).toBe('remove-out-of-range');
    expect(code({ remove: 32 })).toBe('remove-out-of-range');
    expect(code({ remove: 1.5 })).toBe('not-an-integer-in-range');
    expect(code({})).toBe('not-a-finite-number');
    expect(code({ remove: 1, damping: 1 })).toBe('option-unknown');
    expect(code({ remove: 1 }, [0])).toBe('labels-do-not-fit');
    expect(code({ remove: 1, loss: 'hinge' })).toBe('loss-unknown');
    const large = linear(60, 60, 1);
    const run = (given: tf.LayersModel) =>
      codeOf(() =>
        sparsity.optimalBrainSurgeon(given, tf.zeros([1, 60]), tf.zeros([1, 60]), {
          remove: 0,
          loss: 'meanSquaredError',
        }),
      );
    expect(run(large)).toBe('network-too-large');
    // Weights that are 0 already do not count.
    expect(run(sparsity.magnitudePrune(large, 0.99))).toBe(undefined);
  });
});
