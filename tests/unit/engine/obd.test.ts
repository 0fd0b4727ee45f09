import '@tensorflow/tfjs-backend-cpu';
import { createRng, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { applyLayer, copyLayer, rebuildModel } from '../../../src/engine/model-graph/index.ts';
import { codeOf } from './reader-errors.ts';
import { everyLayer, inputsFor, randomize } from './random-models.ts';

beforeAll(() => startTensorFlow());

type Loss = 'categoricalCrossentropy' | 'meanSquaredError';

const { layers } = tf;
const labelsFor = (n: number, classes: number, seed: number): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => rng.integer(0, classes - 1));
};

/** One linear layer before a softmax: the Gauss–Newton matrix is the whole Hessian. */
const linearSoftmax = (seed: number): tf.LayersModel =>
  randomize(
    tf.sequential({
      layers: [layers.dense({ units: 3, inputShape: [4], activation: 'softmax', name: 'd' })],
    }),
    seed,
  );

const smallConv = (seed: number, last: tf.layers.Layer[] = [layers.softmax({ name: 's' })]) =>
  randomize(
    tf.sequential({
      layers: [
        layers.conv2d({
          filters: 3,
          kernelSize: [3, 2],
          strides: [2, 1],
          padding: 'same',
          inputShape: [5, 6, 2],
          activation: 'tanh',
          name: 'conv',
        }),
        layers.batchNormalization({ name: 'norm' }),
        layers.separableConv2d({
          filters: 4,
          kernelSize: 2,
          activation: 'relu',
          name: 'separable',
        }),
        layers.maxPooling2d({ poolSize: [1, 2], name: 'pool' }),
        layers.flatten({ name: 'flat' }),
        layers.dense({ units: 5, activation: 'sigmoid', name: 'hidden' }),
        layers.dropout({ rate: 0.5, name: 'drop' }),
        layers.dense({ units: 3, name: 'logits' }),
        ...last,
      ],
    }),
    seed,
  );

const series = (seed: number) =>
  randomize(
    tf.sequential({
      layers: [
        layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, inputShape: [9, 2], name: 'conv' }),
        // A Dense over a series: its weights are shared by the steps.
        layers.dense({ units: 4, activation: 'tanh', name: 'shared' }),
        layers.globalAveragePooling1d({ name: 'mean' }),
        layers.dense({ units: 2, activation: 'softmax', name: 'answer' }),
      ],
    }),
    seed,
  );

/** Writes w into a model: layers' kernels and biases. */
const setValue = (variable: { read(): tf.Tensor }, index: number, value: number): void => {
  const tensor = variable.read() as tf.Variable;
  tf.tidy(() => {
    const values = tensor.dataSync().slice();
    values[index] = value;
    tensor.assign(tf.tensor(values, tensor.shape));
  });
};

/** Outputs in double precision would need a second implementation: differences of float32 outputs over wide steps do. */
const outputsOf = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync().slice()) as unknown as Float32Array;

const kernelIndex = (layer: tf.layers.Layer): number =>
  layer.getClassName() === 'SeparableConv2D' ? 1 : 0;

/**
 * h by its definition, one weight after the other: the model's logits (or outputs) are differentiated for every
 * example, J = ∂z/∂w by central differences, and h = mean Jᵀ·ℓ''·J.
 */
function bruteForce(
  logits: tf.LayersModel,
  x: tf.Tensor,
  loss: Loss,
  layer: string,
  index: number,
  which: 'kernel' | 'bias' = 'kernel',
): number | undefined {
  const n = x.shape[0]!;
  const owner = logits.getLayer(layer);
  const variable = owner.weights[kernelIndex(owner) + (which === 'bias' ? 1 : 0)]!;
  const z = outputsOf(logits, x);
  const d = z.length / n;
  const old = variable.read().dataSync()[index]!;
  const step = 2 ** -8;
  const [fine, coarse] = [step, 2 * step].map((size) => {
    setValue(variable, index, old + size);
    const above = outputsOf(logits, x);
    setValue(variable, index, old - size);
    const below = outputsOf(logits, x);
    const up = Math.fround(old + size) - Math.fround(old - size);
    return Float64Array.from(z, (_, i) => (above[i]! - below[i]!) / up);
  }) as [Float64Array, Float64Array];
  setValue(variable, index, old);
  // A ReLU or a maximum that changes sides within the step: nothing can be said.
  const largest = Math.max(...fine.map(Math.abs));
  if (fine.some((value, i) => Math.abs(value - coarse[i]!) > 0.01 * largest)) return undefined;
  const jacobian = fine.map((value, i) => (4 * value - coarse[i]!) / 3);
  let sum = 0;
  for (let b = 0; b < n; b++) {
    const own = z.subarray(b * d, (b + 1) * d);
    const J = jacobian.subarray(b * d, (b + 1) * d);
    if (loss === 'meanSquaredError') {
      J.forEach((value) => (sum += (2 / d) * value * value));
      continue;
    }
    const top = Math.max(...own);
    const e = Array.from(own, (value) => Math.exp(value - top));
    const total = e.reduce((all, value) => all + value, 0);
    const p = e.map((value) => value / total);
    const mean = p.reduce((all, value, c) => all + value * J[c]!, 0);
    p.forEach((value, c) => (sum += value * (J[c]! - mean) ** 2));
  }
  return sum / n;
}

/** The same layers up to the last linear one, sharing the weights. */
const logitsOf = (model: tf.LayersModel, name: string): tf.LayersModel =>
  tf.model({
    inputs: model.inputs,
    outputs: model.getLayer(name).output as tf.SymbolicTensor,
  });

function expectExact(
  found: ReturnType<typeof sparsity.obdSaliency>,
  logits: tf.LayersModel,
  x: tf.Tensor,
  loss: Loss,
): void {
  let [compared, kinks] = [0, 0];
  const compare = (layer: string, which: 'kernel' | 'bias', h: Float32Array): void => {
    const scale = Math.max(...h);
    for (let i = 0; i < h.length; i += Math.max(1, Math.floor(h.length / 40))) {
      const wanted = bruteForce(logits, x, loss, layer, i, which);
      if (wanted === undefined) {
        kinks++;
        continue;
      }
      expect(Math.abs(h[i]! - wanted)).toBeLessThan(3e-3 * (wanted + scale / 100));
      compared++;
    }
  };
  for (const { layer, h, bias } of found) {
    compare(layer, 'kernel', h);
    compare(layer, 'bias', bias!.h);
  }
  expect(compared).toBeGreaterThan(2 * kinks);
}

/** The same function with a scale in every normalization: without one TensorFlow.js has no gradient. */
const scaled = (model: tf.LayersModel): tf.LayersModel =>
  rebuildModel(model, ({ className, layer }, inputs) => {
    if (className !== 'BatchNormalization' || layer.getConfig()['scale'] === true) return undefined;
    const copy = copyLayer(layer, { scale: true });
    const output = applyLayer(copy, inputs);
    const rest = layer.getWeights();
    copy.setWeights([tf.onesLike(rest[0]!), ...rest]);
    return output;
  });

/** h of cross-entropy from gradients of single logits of single examples, as TensorFlow.js differentiates them. */
function summedJacobians(model: tf.LayersModel, x: tf.Tensor): Map<string, Float64Array> {
  const logits = logitsOf(model, 'logits');
  const [n, classes] = (logits.predict(x) as tf.Tensor).shape as [number, number];
  const found = new Map<string, Float64Array>();
  for (let b = 0; b < n; b++) {
    const one = tf.slice(x, [b, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]);
    const p = (tf.softmax(logits.predict(one) as tf.Tensor) as tf.Tensor).dataSync();
    const rows = Array.from({ length: classes }, (_, c) =>
      tf.variableGrads(() =>
        tf
          .sum(tf.slice(logits.apply(one, { training: false }) as tf.Tensor, [0, c], [1, 1]))
          .asScalar(),
      ),
    );
    for (const layer of logits.layers) {
      if (!['Conv2D', 'Dense'].includes(layer.getClassName())) continue;
      const { name } = layer.weights[0]!.read() as tf.Variable;
      const J = rows.map(({ grads }) => grads[name]!.dataSync());
      const sums = found.get(layer.name) ?? new Float64Array(J[0]!.length);
      found.set(layer.name, sums);
      sums.forEach((_, i) => {
        const mean = J.reduce((all, row, c) => all + p[c]! * row[i]!, 0);
        J.forEach((row, c) => (sums[i] = sums[i]! + (p[c]! * (row[i]! - mean) ** 2) / n));
      });
    }
  }
  return found;
}

/** Mean loss in double precision for one linear layer and a softmax. */
function exactLoss(w: Float64Array, b: Float64Array, x: Float32Array, labels: number[]): number {
  let sum = 0;
  labels.forEach((label, n) => {
    const z = Array.from(b, (bias, j) =>
      [0, 1, 2, 3].reduce((total, i) => total + x[n * 4 + i]! * w[i * 3 + j]!, bias),
    );
    const top = Math.max(...z);
    sum += top + Math.log(z.reduce((all, v) => all + Math.exp(v - top), 0)) - z[label]!;
  });
  return sum / labels.length;
}

describe('obdSaliency', () => {
  it.each([1, 2, 3])('is the whole Hessian of one linear layer with softmax (seed %i)', (seed) => {
    const model = linearSoftmax(seed);
    const x = inputsFor(model, 20, seed + 10);
    const labels = labelsFor(20, 3, seed);
    const [found] = sparsity.obdSaliency(model, x, labels, { batchSize: 7 });
    const [w, b] = model.getWeights().map((tensor) => Float64Array.from(tensor.dataSync())) as [
      Float64Array,
      Float64Array,
    ];
    const values = x.dataSync() as Float32Array;
    const step = 1e-3;
    const at = (array: Float64Array, i: number, move: number): number => {
      const old = array[i]!;
      array[i] = old + move;
      const loss = exactLoss(w, b, values, labels);
      array[i] = old;
      return loss;
    };
    for (const [array, { h, gradient, saliency }] of [
      [w, found!],
      [b, found!.bias!],
    ] as const) {
      for (let i = 0; i < array.length; i++) {
        const [less, same, more] = [-step, 0, step].map((move) => at(array, i, move));
        expect(h[i]!).toBeCloseTo((more! - 2 * same! + less!) / step ** 2, 5);
        expect(gradient[i]!).toBeCloseTo((more! - less!) / (2 * step), 5);
        expect(saliency[i]!).toBeCloseTo((h[i]! * array[i]! ** 2) / 2, 6);
      }
    }
  });

  it.each([1, 2, 3])(
    'squares the gradients of single examples, shared weights summed first (seed %i)',
    (seed) => {
      const model = smallConv(seed);
      const x = inputsFor(model, 5, seed);
      const logits = logitsOf(model, 'logits');
      const found = sparsity.obdSaliency(model, x, labelsFor(5, 3, seed), { batchSize: 2 });
      expect(found.map(({ layer }) => layer)).toEqual(['conv', 'separable', 'hidden', 'logits']);
      expectExact(found, logits, x, 'categoricalCrossentropy');
    },
  );

  it('knows the mean squared error, through the last activation', () => {
    const model = smallConv(4, [layers.activation({ activation: 'sigmoid', name: 'squash' })]);
    const x = inputsFor(model, 4, 3);
    const loss = 'meanSquaredError';
    const y = tf.tensor2d(createRng(1).floats(12), [4, 3]);
    const found = sparsity.obdSaliency(model, x, y, { loss });
    expectExact(found, model, x, loss);
    const { grads } = tf.variableGrads(() =>
      tf.mean(tf.squaredDifference(model.apply(x, { training: false }) as tf.Tensor, y)).asScalar(),
    );
    const { gradient } = found.at(-1)!;
    const kernel = model.getLayer('logits').weights[0]!.read() as tf.Variable;
    grads[kernel.name]!.dataSync().forEach((slope, i) =>
      expect(gradient[i]!).toBeCloseTo(slope, 6),
    );
  });

  it('knows Conv1D, and Dense layers over series', () => {
    const model = series(5);
    const x = inputsFor(model, 4, 3);
    const found = sparsity.obdSaliency(model, x, [0, 1, 1, 0]);
    const linear = randomize(
      tf.sequential({
        layers: model.layers.map((layer) => {
          const config = { ...layer.getConfig() };
          if (layer.name === 'answer') config['activation'] = 'linear';
          const cls = layer.constructor as unknown as {
            fromConfig(c: unknown, config: unknown): tf.layers.Layer;
          };
          return cls.fromConfig(layer.constructor, config);
        }),
      }),
      1,
    );
    linear.setWeights(model.getWeights());
    expectExact(found, linear, x, 'categoricalCrossentropy');
  });

  it('follows branches, depthwise convolutions and sums', () => {
    const model = everyLayer(6);
    const x = inputsFor(model, 3, 2);
    const found = sparsity.obdSaliency(model, x, [0, 3, 1]);
    expect(found.map(({ layer }) => layer)).toEqual([
      'conv',
      'pointwise',
      'dense_tanh',
      'dense_sigmoid',
      'logits',
    ]);
    const wanted = summedJacobians(scaled(model), x);
    for (const { layer, h } of found) {
      const sums = wanted.get(layer)!;
      const scale = Math.max(...sums);
      h.forEach((value, i) => expect(Math.abs(value - sums[i]!)).toBeLessThan(1e-4 * scale));
    }
  });

  it('takes logits as it takes probabilities, and one-hot rows as it takes labels', () => {
    const probabilities = smallConv(7);
    const logits = smallConv(7, []);
    const x = inputsFor(logits, 6, 1);
    const labels = labelsFor(6, 3, 2);
    const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), 3);
    const found = [
      sparsity.obdSaliency(probabilities, x, labels),
      sparsity.obdSaliency(logits, x, labels),
      sparsity.obdSaliency(probabilities, x, oneHot),
      sparsity.obdSaliency(probabilities, x, tf.tensor1d(labels, 'int32')),
    ];
    for (const other of found.slice(1)) expect(other).toEqual(found[0]);
  });

  it('gives the same for any size of batch, up to rounding', () => {
    const model = smallConv(8);
    const x = inputsFor(model, 10, 1);
    const labels = labelsFor(10, 3, 2);
    const [one, all] = [1, 64].map((batchSize) =>
      sparsity.obdSaliency(model, x, labels, { batchSize }),
    );
    one!.forEach(({ h, gradient }, l) => {
      const scale = Math.max(...h);
      h.forEach((value, i) => expect(Math.abs(value - all![l]!.h[i]!)).toBeLessThan(1e-5 * scale));
      const steepest = Math.max(...gradient.map(Math.abs));
      gradient.forEach((value, i) =>
        expect(Math.abs(value - all![l]!.gradient[i]!)).toBeLessThan(1e-5 * steepest),
      );
    });
  });

  it('gives the gradient of the loss, which tells how far from a minimum it is', () => {
    const model = smallConv(9);
    const x = inputsFor(model, 6, 1);
    const labels = labelsFor(6, 3, 2);
    const found = sparsity.obdSaliency(model, x, labels, { batchSize: 4 });
    const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), 3);
    const logits = logitsOf(model, 'logits');
    const { grads } = tf.variableGrads(() =>
      tf.losses.softmaxCrossEntropy(oneHot, logits.apply(x) as tf.Tensor).asScalar(),
    );
    for (const { layer, gradient, bias } of found) {
      const owner = model.getLayer(layer);
      const at = kernelIndex(owner);
      for (const [slopes, variable] of [
        [gradient, owner.weights[at]!],
        [bias!.gradient, owner.weights[at + 1]!],
      ] as const) {
        const wanted = grads[(variable.read() as tf.Variable).name]!.dataSync();
        const scale = Math.max(...wanted.map(Math.abs)) + 1e-6;
        slopes.forEach((slope, i) =>
          expect(Math.abs(slope - wanted[i]!)).toBeLessThan(1e-4 * scale),
        );
      }
    }
  });

  it('is 0 on inputs that are always 0, and never negative', () => {
    const model = linearSoftmax(3);
    const x = tf.tidy(() => tf.mul(inputsFor(model, 9, 1), tf.tensor2d([[1, 0, 1, 1]])));
    const { h } = sparsity.obdSaliency(model, x, labelsFor(9, 3, 2))[0]!;
    expect(Array.from(h.subarray(3, 6))).toEqual([0, 0, 0]);
    expect(Math.min(...h)).toBe(0);
    expect(Math.max(...h)).toBeGreaterThan(0);
  });

  it('leaves the model as it was and no tensor behind', () => {
    const model = smallConv(2);
    const x = inputsFor(model, 5, 1);
    const weights = model.getWeights().map((tensor) => tensor.dataSync().slice());
    sparsity.obdSaliency(model, x, [0, 1, 2, 0, 1]);
    const before = tf.memory().numTensors;
    const saliencies = sparsity.obdSaliency(model, x, [0, 1, 2, 0, 1]);
    expect(() => sparsity.obdSaliency(model, x, [0, 1, 2, 0, 3])).toThrow();
    expect(() => sparsity.obdSaliency(model, x, [0], { loss: 'no' as Loss })).toThrow();
    expect(tf.memory().numTensors).toBe(before);
    const pruned = sparsity.obdPrune(model, saliencies, 0.5);
    sparsity.predictedLossIncrease(saliencies, pruned);
    pruned.dispose();
    expect(tf.memory().numTensors).toBe(before);
    model.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(weights[i]));
  });

  it('refuses what it cannot measure', () => {
    const model = linearSoftmax(1);
    const x = inputsFor(model, 4, 1);
    const labels = [0, 1, 2, 0];
    const code = codeOf;
    const saliency = sparsity.obdSaliency;
    expect(code(() => saliency(model, x, [0, 1, 2]))).toBe('labels-do-not-fit');
    expect(code(() => saliency(model, x, [0, 1, 2, 3]))).toBe('label-not-a-class');
    expect(code(() => saliency(model, x, [0, 1, 2, 0.5]))).toBe('label-not-a-class');
    expect(code(() => saliency(model, x, tf.zeros([4, 2])))).toBe('targets-wrong-shape');
    expect(code(() => saliency(model, x, tf.ones([4, 3])))).toBe('targets-not-probabilities');
    expect(code(() => saliency(model, x, tf.fill([4, 3], NaN)))).toBe('target-not-finite');
    expect(code(() => saliency(model, tf.zeros([0, 4]), []))).toBe('no-examples');
    expect(code(() => saliency(model, tf.zeros([4, 5]), labels))).toBe('inputs-wrong-shape');
    expect(code(() => saliency(model, tf.fill([4, 4], Infinity), labels))).toBe('input-not-finite');
    expect(code(() => saliency(model, [x, x], labels))).toBe('inputs-not-tensors');
    expect(code(() => saliency(model, [1, 2] as never, labels))).toBe('inputs-not-tensors');
    expect(code(() => saliency(model, x, labels, { batchSize: 0 }))).toBe(
      'not-an-integer-in-range',
    );
    expect(code(() => saliency(model, x, labels, { loss: 'mse' as Loss }))).toBe('loss-unknown');
    expect(code(() => saliency(model, x, labels, { batch: 3 } as never))).toBe('option-unknown');
    expect(code(() => saliency(model, x, labels, { loss: 'meanSquaredError' }))).toBe(
      'targets-wrong-shape',
    );
    expect(code(() => saliency(tf.sequential(), x, labels))).toBe('model-not-built');
    expect(code(() => saliency({} as never, x, labels))).toBe('model-not-a-model');
    expect(code(() => saliency(sparsity.pruneLowMagnitude(model), x, labels))).toBe(
      'model-pruned-already',
    );
    const bent = randomize(
      tf.sequential({
        layers: [layers.dense({ units: 3, inputShape: [4], activation: 'sigmoid', name: 'd' })],
      }),
      1,
    );
    expect(code(() => saliency(bent, x, labels))).toBe('output-not-classes');
    const image = tf.sequential({
      layers: [layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [2, 2, 1] })],
    });
    expect(code(() => saliency(image, tf.zeros([1, 2, 2, 1]), [0]))).toBe('output-not-classes');
    const pool = tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2] })] });
    expect(code(() => saliency(pool, tf.zeros([1, 2, 2]), [0]))).toBe('nothing-to-prune');
    const input = tf.input({ shape: [4] });
    const dense = layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const relu = layers.reLU().apply(dense) as tf.SymbolicTensor;
    const two = tf.model({ inputs: input, outputs: [dense, relu] });
    expect(code(() => saliency(two, x, labels))).toBe('output-not-one');
    const broken = linearSoftmax(1);
    setValue(broken.layers[0]!.weights[0]!, 2, NaN);
    expect(code(() => saliency(broken, x, labels))).toBe('weights-not-finite');
    const turned = tf.sequential({
      layers: [
        layers.conv2d({
          filters: 2,
          kernelSize: 1,
          inputShape: [1, 5, 5],
          dataFormat: 'channelsFirst',
        }),
        layers.flatten(),
      ],
    });
    expect(code(() => saliency(turned, tf.ones([1, 1, 5, 5]), [0]))).toBe('channels-first');
    const dilated = tf.sequential({
      layers: [
        layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [5, 5, 1] }),
        layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2 }),
        layers.flatten(),
      ],
    });
    const images = tf.ones([1, 5, 5, 1]);
    expect(code(() => saliency(dilated, images, [0]))).toBe('gradient-missing');
  });

  it('measures a dilated convolution where nothing is propagated through it', () => {
    const model = randomize(
      tf.sequential({
        layers: [
          layers.conv2d({
            filters: 2,
            kernelSize: 2,
            dilationRate: 2,
            inputShape: [5, 6, 1],
            name: 'conv',
          }),
          layers.flatten(),
          layers.dense({ units: 2, name: 'logits' }),
        ],
      }),
      3,
    );
    const x = inputsFor(model, 3, 1);
    const found = sparsity.obdSaliency(model, x, [0, 1, 1]);
    expectExact(found, model, x, 'categoricalCrossentropy');
  });
});

describe('obdPrune', () => {
  const model = (): tf.LayersModel =>
    randomize(
      tf.sequential({
        layers: [
          layers.dense({ units: 4, inputShape: [5], activation: 'relu', name: 'a' }),
          layers.dense({ units: 2, name: 'b' }),
        ],
      }),
      3,
    );
  const kernels = (pruned: tf.LayersModel): number[][] =>
    ['a', 'b'].map((name) => [...pruned.getLayer(name).getWeights()[0]!.dataSync()]);
  const random = (seed: number) => [
    { layer: 'a', saliency: createRng(seed).floats(20) },
    { layer: 'b', saliency: createRng(seed + 1).floats(8, 0, 0.5) },
  ];

  it('deletes exactly those of least saliency, over all layers or in each', () => {
    const whole = model();
    for (const [scope, sparsities] of [
      ['global', [0, 0.1, 0.5, 0.9, 0.99]],
      ['layer', [0, 0.1, 0.5, 0.9, 0.99]],
    ] as const) {
      for (const share of sparsities) {
        const saliencies = random(5);
        const pruned = kernels(sparsity.obdPrune(whole, saliencies, share, { scope }));
        const before = kernels(whole);
        const each = saliencies.map(({ saliency }, l) =>
          Array.from(saliency, (s, i) => ({ s, l, i })),
        );
        const groups = scope === 'global' ? [each.flat()] : each;
        const deleted = new Set(
          groups.flatMap((group) => {
            const kept = Math.max(1, Math.round(group.length * (1 - share) + 1e-9));
            const sorted = group.toSorted((p, q) => p.s - q.s);
            return sorted.slice(0, group.length - kept).map(({ l, i }) => `${l} ${i}`);
          }),
        );
        pruned.forEach((values, l) =>
          values.forEach((value, i) =>
            expect(value).toBe(deleted.has(`${l} ${i}`) ? 0 : before[l]![i]),
          ),
        );
      }
    }
  });

  it('of equal saliencies deletes the smallest weights, then the last', () => {
    const whole = tf.sequential({
      layers: [layers.dense({ units: 1, inputShape: [6], useBias: false, name: 'a' })],
    });
    whole.setWeights([tf.tensor2d([3, -1, 2, 1, -5, 1], [6, 1])]);
    const saliency = Float32Array.of(0, 0, 0, 0, 0, 7);
    const pruned = (share: number) => [
      ...sparsity
        .obdPrune(whole, [{ layer: 'a', saliency }], share)
        .getWeights()[0]!
        .dataSync(),
    ];
    expect(pruned(1 / 6)).toEqual([3, -1, 2, 0, -5, 1]);
    expect(pruned(2 / 6)).toEqual([3, 0, 2, 0, -5, 1]);
    expect(pruned(4 / 6)).toEqual([0, 0, 0, 0, -5, 1]);
  });

  it('takes a record of layers, keeps biases, names and the model', () => {
    const whole = model();
    const before = kernels(whole);
    const pruned = sparsity.obdPrune(whole, random(1), { b: 0.5 }, { scope: 'layer' });
    expect(kernels(pruned)[0]).toEqual(before[0]);
    expect(kernels(pruned)[1]!.filter((value) => value === 0).length).toBe(4);
    expect(pruned.layers.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(kernels(whole)).toEqual(before);
    expect(pruned.getLayer('b').getWeights()[1]!.dataSync()).toEqual(
      whole.getLayer('b').getWeights()[1]!.dataSync(),
    );
  });

  it('adds to the loss what is foretold where the loss is a quadratic and deletions do not interact', () => {
    const n = 4;
    const whole = tf.sequential({
      layers: [layers.dense({ units: 2, inputShape: [n], useBias: false, name: 'a' })],
    });
    whole.setWeights([tf.tensor2d(createRng(2).floats(2 * n, -1, 1), [n, 2])]);
    // Orthogonal inputs: the Hessian is diagonal. The targets are the outputs: the loss is at its minimum.
    const x = tf.tidy(() => tf.mul(tf.eye(n), tf.tensor1d([1, 2, 3, 0.5])));
    const y = whole.predict(x) as tf.Tensor;
    const saliencies = sparsity.obdSaliency(whole, x, y, { loss: 'meanSquaredError' });
    for (const share of [0.25, 0.5, 0.75]) {
      const pruned = sparsity.obdPrune(whole, saliencies, share);
      const increase = tf
        .mean(tf.squaredDifference(pruned.predict(x) as tf.Tensor, y))
        .dataSync()[0]!;
      expect(sparsity.predictedLossIncrease(saliencies, pruned)).toBeCloseTo(increase, 6);
      expect(increase).toBeGreaterThan(0);
    }
  });

  it('refuses saliencies of another model', () => {
    const whole = model();
    const code = codeOf;
    const prune = sparsity.obdPrune;
    expect(code(() => prune(whole, [{ layer: 'c', saliency: new Float32Array(8) }], 0.5))).toBe(
      'saliency-does-not-fit',
    );
    expect(code(() => prune(whole, [{ layer: 'b', saliency: new Float32Array(9) }], 0.5))).toBe(
      'saliency-does-not-fit',
    );
    expect(code(() => prune(whole, [], 0.5))).toBe('saliencies-invalid');
    expect(code(() => prune(whole, 0.5 as never, 0.5))).toBe('saliencies-invalid');
    expect(code(() => prune(whole, [{ layer: 'b' }] as never, 0.5))).toBe('saliencies-invalid');
    const bad = [{ layer: 'b', saliency: new Float32Array(8).fill(NaN) }];
    expect(code(() => prune(whole, bad, 0.5))).toBe('value-not-finite');
    expect(code(() => prune(whole, random(1), 1))).toBe('sparsity-out-of-range');
    expect(code(() => prune(whole, random(1), -0.1))).toBe('sparsity-out-of-range');
    expect(code(() => prune(whole, random(1), { a: 0.5 }))).toBe('scope-and-record');
    expect(code(() => prune(whole, random(1), { c: 0.5 }, { scope: 'layer' }))).toBe(
      'layer-unknown',
    );
    expect(code(() => prune(whole, random(1), 0.5, { scope: 'all' as never }))).toBe(
      'scope-unknown',
    );
  });
});

describe('predictedLossIncrease', () => {
  const saliencies = [
    { layer: 'a', saliency: Float32Array.of(1, 2, 4) },
    { layer: 'b', saliency: Float32Array.of(8, 16) },
  ];
  it('sums over the deleted weights', () => {
    expect(sparsity.predictedLossIncrease(saliencies, { a: [0, 1, 0], b: [1, 0] })).toBe(21);
    expect(sparsity.predictedLossIncrease(saliencies, { b: Uint8Array.of(0, 0) })).toBe(24);
  });
  it('refuses masks that do not fit', () => {
    const increase = sparsity.predictedLossIncrease;
    expect(codeOf(() => increase(saliencies, { a: [0, 1] }))).toBe('saliency-does-not-fit');
    expect(codeOf(() => increase(saliencies, { c: [0, 1] }))).toBe('saliency-does-not-fit');
    expect(codeOf(() => increase(saliencies, [0, 1] as never))).toBe('deleted-invalid');
    expect(codeOf(() => increase([], {}))).toBe('saliencies-invalid');
  });
});
