import '@tensorflow/tfjs-backend-cpu';
import { clustering, compression, createRng, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { rejectionOf } from './compression-errors.ts';
import { randomize, smallCnn } from './random-models.ts';

const { deepCompression, decodeModel } = compression;
type Options = compression.DeepCompressionOptions;

beforeAll(() => startTensorFlow());
// Training takes its time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const kernelOf = (model: tf.LayersModel, layer: string): Float32Array =>
  model.getLayer(layer).getWeights()[0]!.dataSync() as Float32Array;
const distinct = (values: ArrayLike<number>): number => new Set(Array.from(values)).size;
const zeros = (values: Float32Array): number => values.filter((value) => value === 0).length;

/** Four classes of points on a ring, and a network for them. */
function task(): { x: tf.Tensor; y: tf.Tensor; labels: number[]; model: tf.LayersModel } {
  const rng = createRng(31);
  const labels = Array.from({ length: 120 }, (_, i) => i % 4);
  const points = labels.map((label) => {
    const angle = (label * Math.PI) / 2 + rng.normal(0, 0.35);
    return [Math.cos(angle), Math.sin(angle), rng.normal(0, 0.3), rng.normal(0, 0.3)];
  });
  const { layers } = tf;
  const model = randomize(
    tf.sequential({
      layers: [
        layers.dense({ units: 24, inputShape: [4], activation: 'relu', name: 'first' }),
        layers.dense({ units: 24, activation: 'relu', name: 'second' }),
        layers.dense({ units: 4, activation: 'softmax', name: 'last' }),
      ],
    }),
    6,
  );
  return { x: tf.tensor2d(points), y: tf.oneHot(tf.tensor1d(labels, 'int32'), 4), labels, model };
}

async function train(
  model: tf.LayersModel,
  { x, y }: { x: tf.Tensor; y: tf.Tensor },
  steps: number,
): Promise<void> {
  model.compile({ optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy' });
  for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y);
}

function accuracy(
  model: tf.LayersModel,
  { x, labels }: { x: tf.Tensor; labels: number[] },
): number {
  const answers = tf.tidy(() => (model.predict(x) as tf.Tensor).argMax(1).dataSync());
  return labels.filter((label, i) => answers[i] === label).length / labels.length;
}

describe('deepCompression', () => {
  it('prunes and clusters as told, by layer, and leaves the model as it is', async () => {
    const model = smallCnn(9);
    const before = model.getWeights().map((tensor) => tensor.dataSync().slice());
    const compressed = await deepCompression(model, {
      sparsity: { conv_2: 0.75, logits: 0.5 },
      clusters: { conv_2: 9, logits: 5, conv_1: 6 },
    });
    expect(model.getWeights().map((tensor) => tensor.dataSync())).toEqual(before);
    const { model: decoded, bytes, ratio, report } = compressed;
    expect(zeros(kernelOf(decoded, 'conv_2'))).toBeGreaterThanOrEqual(0.75 * 216);
    expect(zeros(kernelOf(decoded, 'logits'))).toBeGreaterThanOrEqual(0.5 * 288);
    expect(distinct(kernelOf(decoded, 'conv_2'))).toBe(9);
    expect(distinct(kernelOf(decoded, 'logits'))).toBe(5);
    // Not pruned: none of its values need be 0.
    expect(distinct(kernelOf(decoded, 'conv_1'))).toBe(6);
    expect(zeros(kernelOf(decoded, 'conv_1'))).toBe(0);
    // What is neither stays as it was: biases and the normalization.
    expect(
      decoded
        .getLayer('norm_1')
        .getWeights()
        .map((tensor) => tensor.dataSync()),
    ).toEqual(
      model
        .getLayer('norm_1')
        .getWeights()
        .map((tensor) => tensor.dataSync()),
    );
    expect(ratio).toBe((4 * model.countParams()) / bytes.length);
    expect(report).toEqual(compression.compressionReport(bytes));
    expect(report.map(({ layer, weightBits }) => [layer, weightBits])).toEqual([
      ['conv_1', 3],
      // Nine with 0, which is not stored.
      ['conv_2', 3],
      ['logits', 3],
    ]);
    const again = decodeModel(bytes);
    expect(again.getWeights().map((tensor) => tensor.dataSync())).toEqual(
      decoded.getWeights().map((tensor) => tensor.dataSync()),
    );
  });

  it('keeps the largest weights, and shares values that are near', async () => {
    const model = smallCnn(10);
    const { model: decoded } = await deepCompression(model, { sparsity: 0.8, bits: 5 });
    const whole = kernelOf(model, 'logits');
    const kept = kernelOf(decoded, 'logits');
    const threshold = Array.from(whole, Math.abs).sort((a, b) => b - a)[Math.round(0.2 * 288) - 1]!;
    whole.forEach((value, i) => {
      if (Math.abs(value) < threshold) expect(kept[i]).toBe(0);
      else expect(Math.abs(kept[i]! - value)).toBeLessThan(0.1 * threshold + 0.1);
    });
  });

  it('gives the same bytes for the same seed, whatever the way to start', async () => {
    for (const clusterCentroidsInit of ['LINEAR', 'KMEANS_PLUS_PLUS', 'DENSITY_BASED'] as const) {
      const options: Options = { sparsity: 0.6, bits: 3, clusterCentroidsInit, seed: 4 };
      const one = await deepCompression(smallCnn(11), options);
      const two = await deepCompression(smallCnn(11), options);
      expect(one.bytes).toEqual(two.bytes);
      expect(distinct(kernelOf(one.model, 'logits'))).toBeLessThanOrEqual(8);
    }
  });

  it('lets the model be trained after each step, and both hold', async () => {
    const data = task();
    await train(data.model, data, 25);
    const whole = accuracy(data.model, data);
    expect(whole).toBeGreaterThan(0.9);
    const options = { sparsity: 0.85, bits: 2 } as const;
    const untrained = await deepCompression(data.model, options);
    const stages: [string, number][] = [];
    const fineTune: Options['fineTune'] = async (model, stage) => {
      stages.push([stage, model.getWeights().length]);
      await train(model, data, 30);
    };
    const trained = await deepCompression(data.model, { ...options, fineTune });
    expect(stages.map(([stage]) => stage)).toEqual(['pruned', 'clustered']);
    expect(accuracy(trained.model, data)).toBeGreaterThan(accuracy(untrained.model, data));
    expect(accuracy(trained.model, data)).toBeGreaterThan(whole - 0.05);
    for (const layer of ['first', 'second', 'last']) {
      const before = kernelOf(untrained.model, layer);
      const after = kernelOf(trained.model, layer);
      expect(distinct(after)).toBeLessThanOrEqual(4);
      expect(zeros(after) / after.length).toBeGreaterThanOrEqual(0.83);
      expect(after).not.toEqual(before);
    }
    // Training moved the biases too.
    const biases = (each: tf.LayersModel): unknown =>
      each.getLayer('last').getWeights()[1]!.dataSync();
    expect(biases(trained.model)).not.toEqual(biases(untrained.model));
  });

  it('trains the values and leaves each weight with the one it has', async () => {
    const data = task();
    let before = new Float32Array(0);
    const { model } = await deepCompression(data.model, {
      sparsity: 0.5,
      bits: 4,
      fineTune: async (each, stage) => {
        if (stage === 'clustered') {
          const start = clustering.stripClustering(each);
          before = kernelOf(start, 'second').slice();
          start.dispose();
        }
        await train(each, data, 15);
      },
    });
    const after = kernelOf(model, 'second');
    const valueOf = new Map<number, number>();
    before.forEach((value, i) => {
      expect(after[i]).toBe(valueOf.get(value) ?? after[i]);
      valueOf.set(value, after[i]!);
    });
    expect(valueOf.size).toBe(16);
    expect([...valueOf].filter(([from, to]) => from !== to)).toHaveLength(15);
    expect(valueOf.get(0)).toBe(0);
  });

  it('gives a centroid the sum of the gradients of its weights', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [6], useBias: false, name: 'd' })],
    });
    model.setWeights([tf.tensor2d([0.01, 1, 1.5, -1, -1.5, 1.25], [6, 1])]);
    const x = tf.tensor2d([[1, 2, 3, 4, 5, 6]]);
    const { model: decoded } = await deepCompression(model, {
      sparsity: 0.16,
      clusters: 3,
      fineTune: async (each, stage) => {
        if (stage === 'pruned') return;
        each.compile({ optimizer: tf.train.sgd(0.001), loss: 'meanSquaredError' });
        await each.trainOnBatch(x, tf.tensor2d([[0]]));
      },
    });
    // Values ±1.25; answer 1.25·(2 + 3 + 6 − 4 − 5) = 2.5; dL/dw = 2·2.5·x, summed over each cluster.
    const step = 0.001 * 2 * 2.5;
    const [up, down] = [1.25 - step * (2 + 3 + 6), -1.25 - step * (4 + 5)];
    const found = Array.from(kernelOf(decoded, 'd'), (value) => Number(value.toFixed(5)));
    expect(found).toEqual([0, up, up, down, down, up].map((value) => Number(value.toFixed(5))));
  });

  it('keeps zeros that were there before, though fewer are asked for', async () => {
    const data = task();
    const layer = data.model.getLayer('second');
    const values = kernelOf(data.model, 'second').map((value, i) => (i % 2 === 0 ? 0 : value));
    layer.setWeights([tf.tensor(values, [24, 24]), layer.getWeights()[1]!]);
    const { model } = await deepCompression(data.model, {
      sparsity: { second: 0.3 },
      clusters: { first: 8 },
      fineTune: (each) => train(each, data, 5),
    });
    kernelOf(model, 'second').forEach((value, i) => {
      if (i % 2 === 0) expect(value).toBe(0);
    });
    expect(distinct(kernelOf(model, 'second'))).toBeGreaterThan(200);
  });

  it('prunes or clusters alone', async () => {
    const model = smallCnn(12);
    const clustered = await deepCompression(model, { sparsity: 0, bits: 4 });
    expect(zeros(kernelOf(clustered.model, 'logits'))).toBe(0);
    expect(distinct(kernelOf(clustered.model, 'logits'))).toBe(16);
    const stages: string[] = [];
    const fineTune: Options['fineTune'] = (_, stage) => void stages.push(stage);
    const pruned = await deepCompression(model, { sparsity: 0.9, clusters: {}, fineTune });
    expect(stages).toEqual(['pruned']);
    expect(pruned.report.map(({ method }) => method)).toContain('sparse');
    expect(distinct(kernelOf(pruned.model, 'logits'))).toBe(30);
  });

  it('clusters biases when told', async () => {
    const model = smallCnn(13);
    const plain = await deepCompression(model, { sparsity: 0.5, bits: 4 });
    const shared = await deepCompression(model, { sparsity: 0.5, bits: 4, biasBits: 1 });
    const biases = (each: tf.LayersModel): number[] =>
      ['conv_1', 'conv_2', 'logits'].map((name) =>
        distinct(each.getLayer(name).getWeights()[1]!.dataSync()),
      );
    expect(biases(plain.model)).toEqual([4, 6, 3]);
    expect(biases(shared.model)).toEqual([2, 2, 2]);
    expect(kernelOf(shared.model, 'logits')).toEqual(kernelOf(plain.model, 'logits'));
  });

  it('takes every kind of kernel that can be pruned and clustered', async () => {
    const { layers } = tf;
    const model = randomize(
      tf.sequential({
        layers: [
          layers.separableConv2d({ filters: 8, kernelSize: 3, inputShape: [8, 8, 6], name: 'sep' }),
          layers.depthwiseConv2d({ kernelSize: 3, name: 'depth' }),
          layers.reshape({ targetShape: [16, 8], name: 'shape' }),
          layers.conv1d({ filters: 6, kernelSize: 3, name: 'line' }),
          layers.flatten({ name: 'flat' }),
          layers.dense({ units: 2, name: 'out' }),
        ],
      }),
      3,
    );
    const { model: decoded } = await deepCompression(model, { sparsity: 0.5, bits: 3 });
    const weights = (each: tf.LayersModel, layer: string, i: number): Float32Array =>
      each.getLayer(layer).getWeights()[i]!.dataSync() as Float32Array;
    for (const [layer, i] of [
      ['sep', 1],
      ['line', 0],
      ['out', 0],
    ] as const) {
      const values = weights(decoded, layer, i);
      expect(distinct(values)).toBe(8);
      expect(zeros(values)).toBeGreaterThanOrEqual(values.length / 2 - 1);
    }
    // Depthwise kernels are few, and each matters much.
    for (const layer of ['sep', 'depth']) {
      expect(weights(decoded, layer, 0)).toEqual(weights(model, layer, 0));
    }
  });

  it('says of layers with too few weights that they are not clustered', async () => {
    const heard: string[] = [];
    const { model } = await deepCompression(smallCnn(14), {
      sparsity: 0.5,
      bits: 6,
      onWarning: (message) => heard.push(message),
    });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('conv_1');
    expect(distinct(kernelOf(model, 'conv_1'))).toBe(19);
  });

  it('comes 35 times or more below float32 on LeNet-300-100 at the sparsities of the paper', async () => {
    const model = await loadModel('lenet-300-100');
    const { ratio, report, bytes } = await deepCompression(model, {
      sparsity: { dense_1: 0.92, dense_2: 0.91, logits: 0.74 },
      bits: 5,
    });
    expect(ratio).toBeGreaterThan(35);
    expect(bytes.length).toBeLessThan(1_066_440 / 35);
    for (const {
      weightBits,
      weightBitsHuffman,
      indexBitsHuffman,
      bytesFixed,
      bytesHuffman,
    } of report) {
      expect(weightBits).toBe(5);
      expect(weightBitsHuffman).toBeLessThan(5);
      expect(indexBitsHuffman).toBeLessThan(6);
      expect(bytesHuffman).toBeLessThan(bytesFixed);
    }
  });

  it('leaves behind the model it gives and no other tensor', async () => {
    const model = smallCnn(15);
    const before = tf.memory().numTensors;
    const options: Options = { sparsity: 0.5, bits: 4, biasBits: 2 };
    const { model: decoded } = await deepCompression(model, options);
    decoded.dispose();
    expect(tf.memory().numTensors).toBe(before);
    const failing = { ...options, fineTune: () => Promise.reject(new Error('no data')) };
    await expect(deepCompression(model, failing)).rejects.toThrow('no data');
    expect(tf.memory().numTensors).toBe(before);
    let calls = 0;
    const failsLater = {
      ...options,
      fineTune: () => (++calls === 2 ? Promise.reject(new Error('b')) : undefined),
    };
    await expect(deepCompression(model, failsLater)).rejects.toThrow('b');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('notices when fine-tuning undoes its work', async () => {
    const grow: Options['fineTune'] = (model, stage) => {
      if (stage === 'pruned') return;
      // Whatever the layer calls them: the centroids, and the mask that keeps one of them 0.
      const layer = model.layers.find((each) => each.getClassName() === 'ClusterWeights')!;
      for (const weight of layer.weights) {
        if (/mask/.test(weight.originalName)) weight.write(tf.onesLike(weight.read()));
        if (/centroids/.test(weight.originalName)) weight.write(tf.add(weight.read(), 1));
      }
    };
    const options: Options = { sparsity: { logits: 0.5 }, clusters: { logits: 8 }, fineTune: grow };
    const error = await rejectionOf(() => deepCompression(smallCnn(16), options));
    expect(error.code).toBe('compression-undone');
    expect(error.explain).toContain('logits');
  });

  it.each<[string, unknown, string]>([
    ['no options', undefined, 'options-not-an-object'],
    ['an option unknown', { sparsity: 0.5, bits: 4, sparcity: 1 }, 'option-unknown'],
    ['no sparsity', { bits: 4 }, 'sparsity-out-of-range'],
    ['a sparsity of 1', { sparsity: 1, bits: 4 }, 'sparsity-out-of-range'],
    ['a negative sparsity', { sparsity: { logits: -0.1 }, bits: 4 }, 'sparsity-out-of-range'],
    ['a sparsity of NaN', { sparsity: NaN, bits: 4 }, 'sparsity-out-of-range'],
    ['a layer unknown', { sparsity: { logit: 0.5 }, bits: 4 }, 'layer-unknown'],
    ['a layer without a kernel', { sparsity: { flatten: 0.5 }, bits: 4 }, 'layer-unknown'],
    ['clusters of an unknown layer', { sparsity: 0.5, clusters: { dense: 4 } }, 'layer-unknown'],
    ['neither clusters nor bits', { sparsity: 0.5 }, 'clusters-or-bits'],
    ['both', { sparsity: 0.5, clusters: 4, bits: 2 }, 'clusters-or-bits'],
    ['two clusters', { sparsity: 0.5, clusters: 2 }, 'not-an-integer-in-range'],
    ['one bit', { sparsity: 0.5, bits: 1 }, 'not-an-integer-in-range'],
    ['17 bits', { sparsity: 0.5, bits: { logits: 17 } }, 'not-an-integer-in-range'],
    ['half a bit', { sparsity: 0.5, bits: 4.5 }, 'not-an-integer-in-range'],
    ['no bits for biases', { sparsity: 0.5, bits: 4, biasBits: 0 }, 'not-an-integer-in-range'],
    [
      'a fineTune that is none',
      { sparsity: 0.5, bits: 4, fineTune: 3 },
      'fine-tune-not-a-function',
    ],
    [
      'a start unknown',
      { sparsity: 0.5, bits: 4, clusterCentroidsInit: 'linear' },
      'initialization-unknown',
    ],
    ['a seed that is none', { sparsity: 0.5, bits: 4, seed: 0.5 }, 'not-an-integer-in-range'],
  ])('refuses %s', async (_, options, code) => {
    const before = tf.memory().numTensors;
    const model = smallCnn(17);
    const error = await rejectionOf(() => deepCompression(model, options as Options));
    expect(error.code).toBe(code);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses models with nothing to compress, or with weights that are no numbers', async () => {
    const options = { sparsity: 0.5, bits: 4 } as const;
    const flat = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2] })] });
    expect((await rejectionOf(() => deepCompression(flat, options))).code).toBe(
      'nothing-to-compress',
    );
    const nan = smallCnn(18);
    nan.getLayer('logits').setWeights([tf.fill([96, 3], NaN), tf.zeros([3])]);
    expect((await rejectionOf(() => deepCompression(nan, options))).code).toBe(
      'weights-not-finite',
    );
    expect((await rejectionOf(() => deepCompression(null as never, options))).code).toBe(
      'model-not-a-model',
    );
  });
});
