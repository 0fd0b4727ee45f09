import '@tensorflow/tfjs-backend-cpu';
import { clustering, createRng, quantization, ReaderError, tf } from 'heavy-weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import type { ClusterWeights } from '../../../src/engine/clustering/cluster-wrapper.ts';
import { everyLayer, inputsFor, randomize, smallCnn } from './random-models.ts';

const { assignClusters, clusterWeights, initialCentroids, stripClustering } = clustering;

beforeAll(() => startTensorFlow());

const errorOf = (call: () => unknown): ReaderError => {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
    return error as ReaderError;
  }
  throw new Error('the call did not throw');
};

const answers = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync().slice() as Float32Array;

const kernelOf = (model: tf.LayersModel, layer: string, index = 0): Float32Array =>
  model.getLayer(layer).getWeights()[index]!.dataSync().slice() as Float32Array;

const distinct = (values: ArrayLike<number>): number => new Set(Array.from(values)).size;

/** A variable of a clustered layer, by a part of its name. */
const variable = (model: tf.LayersModel, layer: string, name: string): tf.Tensor =>
  model
    .getLayer(layer)
    .weights.find(({ originalName }) => originalName.includes(name))!
    .read();

const kernelInUse = (model: tf.LayersModel, layer: string): Float32Array => {
  const kernels = tf.tidy(() => (model.getLayer(layer) as ClusterWeights).clusteredWeights());
  const values = kernels[0]!.dataSync().slice() as Float32Array;
  tf.dispose(kernels);
  return values;
};

function batch(model: tf.LayersModel, seed = 9): [tf.Tensor, tf.Tensor] {
  const size = model.outputs[0]!.shape[1]!;
  return [
    inputsFor(model, 32, seed),
    tf.tensor2d(createRng(seed + 1).floats(32 * size, -1, 1), [32, size]),
  ];
}

async function train(model: tf.LayersModel, steps: number, optimizer = 'adam'): Promise<number[]> {
  model.compile({
    optimizer: optimizer === 'adam' ? tf.train.adam(0.01) : tf.train.sgd(0.05),
    loss: 'meanSquaredError',
  });
  const [x, y] = batch(model);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await model.trainOnBatch(x, y)) as number);
  tf.dispose([x, y]);
  return losses;
}

/** Sets the smaller half of every kernel to 0. */
function halved(model: tf.LayersModel): tf.LayersModel {
  for (const layer of model.layers) {
    layer.setWeights(
      layer.getWeights().map((tensor) => {
        if (tensor.rank < 2) return tensor;
        const values = tensor.dataSync().slice() as Float32Array;
        const middle = values.map(Math.abs).sort()[values.length >> 1]!;
        return tf.tensor(
          values.map((w) => (Math.abs(w) < middle ? 0 : w)),
          tensor.shape,
        );
      }),
    );
  }
  return model;
}

async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
      });
    }),
  );
  const text = JSON.stringify(saved!.modelTopology);
  return tf.loadLayersModel(
    tf.io.fromMemory({ ...saved!, modelTopology: JSON.parse(text) as object }),
  );
}

const dense = (...units: number[]): tf.LayersModel =>
  randomize(
    tf.sequential({
      layers: units.map((size, i) =>
        tf.layers.dense({ units: size, inputShape: i === 0 ? [12] : undefined, name: `d${i}` }),
      ),
    }),
    units.length,
  );

describe.each(['wasm', 'cpu'])('clusterWeights on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('wasm');
  });

  it('computes with the centroid nearest to each weight', () => {
    const model = smallCnn(1);
    for (const init of Object.values(clustering.CentroidInitialization)) {
      const options = { numberOfClusters: 5, clusterCentroidsInit: init, seed: 3 };
      const clustered = clusterWeights(model, options);
      expect(clustered.layers.map(({ name }) => name)).toEqual([
        'cluster_conv_1',
        'norm_1',
        'relu_1',
        'cluster_conv_2',
        'flatten',
        'cluster_logits',
      ]);
      const plain = stripClustering(clustered);
      for (const name of ['conv_1', 'conv_2', 'logits']) {
        const weights = kernelOf(model, name);
        const centroids = initialCentroids(weights, { numberOfClusters: 5, init, seed: 3 });
        const indices = assignClusters(weights, centroids);
        const expected = Float32Array.from(indices, (index) => centroids[index]!);
        expect(kernelOf(plain, name)).toEqual(expected);
        expect(kernelOf(plain, name, 1)).toEqual(kernelOf(model, name, 1));
      }
      expect(plain.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
      expect(plain).toBeInstanceOf(tf.Sequential);
      const x = inputsFor(model, 4, 2);
      expect(answers(plain, x)).toEqual(answers(clustered, x));
      expect(answers(plain, x)).not.toEqual(answers(model, x));
      // The layer has its own kernel back after a pass.
      const kernel = (clustered.getLayer('cluster_conv_2') as ClusterWeights).kernel();
      expect(kernel.read().dataSync().slice()).toEqual(kernelOf(model, 'conv_2'));
    }
  });

  it.each(['SUM', 'AVG'] as const)(
    'gives centroids the %s of gradients, weights their own',
    (a) => {
      const model = dense(6);
      const clustered = clusterWeights(model, {
        numberOfClusters: 4,
        clusterGradientAggregation: a,
      });
      const x = inputsFor(clustered, 5, 1);
      const layer = clustered.getLayer('cluster_d0');
      const { grads } = tf.variableGrads(
        () => tf.mean(tf.square(clustered.apply(x, { training: true }) as tf.Tensor)),
        layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
      const [byKernel, , byCentroid] = layer.trainableWeights.map(({ name }) => grads[name]!);
      // What the kernel in use gets, from the plain layer that computes the same.
      const plain = stripClustering(clustered);
      const [expected] = plain
        .getLayer('d0')
        .trainableWeights.slice(0, 1)
        .map(({ name }, _, weights) => {
          const found = tf.variableGrads(
            () => tf.mean(tf.square(plain.apply(x, { training: true }) as tf.Tensor)),
            weights.map((weight) => weight.read() as tf.Variable),
          );
          return found.grads[name]!.dataSync();
        });
      expect(Array.from(byKernel!.dataSync())).toEqual(Array.from(expected!));
      const centroids = variable(clustered, 'cluster_d0', 'centroids').dataSync();
      const indices = assignClusters(kernelOf(model, 'd0'), centroids);
      centroids.forEach((_, k) => {
        const own = Array.from(expected!).filter((__, i) => indices[i] === k);
        const sum = own.reduce((total, each) => total + each, 0);
        expect(byCentroid!.dataSync()[k]).toBeCloseTo(a === 'SUM' ? sum : sum / own.length, 6);
      });
    },
  );

  it('learns through fit, trainOnBatch and a loop of one’s own, and keeps few values', async () => {
    const clustered = clusterWeights(smallCnn(2), { numberOfClusters: 6 });
    const before = ['conv_1', 'conv_2', 'logits'].map((name) =>
      kernelInUse(clustered, `cluster_${name}`),
    );
    const losses = await train(clustered, 20);
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.8);
    const [x, y] = batch(clustered);
    await clustered.fit(x, y, { epochs: 2, verbose: 0 });
    const optimizer = tf.train.sgd(0.01);
    for (let i = 0; i < 3; i++) {
      optimizer.minimize(
        () => tf.losses.meanSquaredError(y, clustered.apply(x, { training: true }) as tf.Tensor),
        false,
        clustered.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
    }
    const plain = stripClustering(clustered);
    for (const [i, name] of ['conv_1', 'conv_2', 'logits'].entries()) {
      expect(distinct(kernelOf(plain, name))).toBeLessThanOrEqual(6);
      expect(kernelOf(plain, name)).not.toEqual(before[i]);
      expect(kernelOf(plain, name)).toEqual(kernelInUse(clustered, `cluster_${name}`));
    }
    expect(answers(plain, x)).toEqual(answers(clustered, x));
  });

  it('leaves no tensor behind', async () => {
    for (const options of [
      { numberOfClusters: 6 },
      { numberOfClusters: 6, preserveSparsity: true, clusterPerChannel: true },
      { numberOfClusters: 6, trainWeights: false },
    ]) {
      const clustered = clusterWeights(smallCnn(3), options);
      await train(clustered, 2);
      const x = inputsFor(clustered, 4, 1);
      const y = tf.zeros([4, 3]);
      await clustered.trainOnBatch(x, y);
      const before = tf.memory().numTensors;
      for (let i = 0; i < 5; i++) {
        await clustered.trainOnBatch(x, y);
        tf.dispose(clustered.predict(x));
        tf.dispose(clustered.getLayer('cluster_conv_1').apply(x) as tf.Tensor);
      }
      expect(tf.memory().numTensors).toBe(before);
      const plain = stripClustering(clustered);
      expect(tf.memory().numTensors - before).toBe(plain.weights.length);
      plain.dispose();
    }
  });

  it('saves, loads, and trains on with the same numbers', async () => {
    for (const options of [
      { numberOfClusters: 4, clusterCentroidsInit: 'DENSITY_BASED' as const },
      { numberOfClusters: 4, preserveSparsity: true, clusterPerChannel: true },
      { numberOfClusters: 4, trainWeights: false, clusterGradientAggregation: 'AVG' as const },
    ]) {
      const clustered = clusterWeights(halved(smallCnn(4)), options);
      await train(clustered, 3, 'sgd');
      const loaded = await saveAndLoad(clustered);
      const configOf = (model: tf.LayersModel) =>
        (model.getLayer('cluster_conv_2') as ClusterWeights).cluster;
      expect(configOf(loaded)).toEqual(configOf(clustered));
      const x = inputsFor(clustered, 4, 5);
      expect(answers(loaded, x)).toEqual(answers(clustered, x));
      expect(await train(loaded, 3, 'sgd')).toEqual(await train(clustered, 3, 'sgd'));
      expect(answers(loaded, x)).toEqual(answers(clustered, x));
      const [a, b] = [loaded, clustered].map((model) => kernelOf(stripClustering(model), 'conv_2'));
      expect(a).toEqual(b);
    }
  });
});

describe('clusterWeights', () => {
  it('assigns weights anew as they move', () => {
    const model = dense(6);
    const clustered = clusterWeights(model, {
      numberOfClusters: 4,
      clusterCentroidsInit: 'LINEAR',
    });
    const [kernel, ...others] = clustered.getLayer('cluster_d0').getWeights();
    const centroids = variable(clustered, 'cluster_d0', 'centroids').dataSync().slice();
    const moved = kernel!.dataSync().map((w) => -w);
    clustered.getLayer('cluster_d0').setWeights([tf.tensor2d(moved, [12, 6]), ...others]);
    const indices = assignClusters(moved as Float32Array, centroids as Float32Array);
    expect(Array.from(kernelInUse(clustered, 'cluster_d0'))).toEqual(
      Array.from(indices, (index) => centroids[index]!),
    );
  });

  it('wraps kernels of Dense, Conv1D, Conv2D and the pointwise of SeparableConv2D, no others', () => {
    const all = clusterWeights(everyLayer(1), { numberOfClusters: 4 });
    const wrapped = all.layers.filter(({ name }) => name.startsWith('cluster_'));
    expect(wrapped.map(({ name }) => name)).toEqual([
      'cluster_conv',
      'cluster_pointwise',
      'cluster_dense_tanh',
      'cluster_dense_sigmoid',
      'cluster_logits',
    ]);
    expect(all.getLayer('depthwise').getClassName()).toBe('DepthwiseConv2D');
    const { layers } = tf;
    const other = randomize(
      tf.sequential({
        layers: [
          layers.separableConv2d({
            filters: 5,
            kernelSize: 3,
            inputShape: [6, 6, 2],
            name: 'separable',
          }),
          layers.reshape({ targetShape: [16, 5], name: 'rows' }),
          layers.conv1d({ filters: 3, kernelSize: 3, name: 'conv1d' }),
        ],
      }),
      2,
    );
    const clustered = clusterWeights(other, { numberOfClusters: 4 });
    const plain = stripClustering(clustered);
    expect(kernelOf(plain, 'separable', 0)).toEqual(kernelOf(other, 'separable', 0));
    expect(kernelOf(plain, 'separable', 2)).toEqual(kernelOf(other, 'separable', 2));
    expect(distinct(kernelOf(plain, 'separable', 1))).toBe(4);
    expect(distinct(kernelOf(other, 'separable', 1))).toBeGreaterThan(4);
    expect(distinct(kernelOf(plain, 'conv1d'))).toBe(4);
    const x = inputsFor(other, 3, 1);
    expect(answers(plain, x)).toEqual(answers(clustered, x));
  });

  it('clusters what else the toolkit does: transposed, of space, embeddings, recurrent', async () => {
    // The gradients of some of these have no kernel in wasm.
    await tf.setBackend('cpu');
    const { layers } = tf;
    const image = randomize(
      tf.sequential({
        layers: [
          layers.conv2dTranspose({ filters: 3, kernelSize: 3, inputShape: [4, 4, 2], name: 'up' }),
          layers.reshape({ targetShape: [6, 6, 3, 1] }),
          layers.conv3d({ filters: 2, kernelSize: 2, name: 'space' }),
          layers.flatten(),
          layers.dense({ units: 2, name: 'out' }),
        ],
      }),
      4,
    );
    const text = randomize(
      tf.sequential({
        layers: [
          layers.embedding({ inputDim: 9, outputDim: 5, inputLength: 6, name: 'words' }),
          layers.lstm({ units: 4, returnSequences: true, name: 'memory' }),
          layers.gru({ units: 3, name: 'gate' }),
          layers.dense({ units: 2, name: 'out' }),
        ],
      }),
      5,
    );
    const words = tf.tensor2d(
      Array.from({ length: 48 }, (_, i) => (i * 7) % 9),
      [8, 6],
    );
    for (const [model, x, kernels] of [
      [image, inputsFor(image, 8, 1), { up: [0], space: [0], out: [0] }],
      [text, words, { words: [0], memory: [0, 1], gate: [0, 1], out: [0] }],
    ] as const) {
      for (const trainWeights of [true, false]) {
        const clustered = clusterWeights(model, { numberOfClusters: 4, trainWeights });
        clustered.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
        await clustered.fit(x, tf.ones([8, 2]), { epochs: 5, verbose: 0 });
        const plain = stripClustering(clustered);
        expect(answers(plain, x)).toEqual(answers(clustered, x));
        expect(answers(await saveAndLoad(clustered), x)).toEqual(answers(clustered, x));
        for (const [name, indices] of Object.entries(kernels)) {
          for (const index of indices as readonly number[]) {
            expect(distinct(kernelOf(model, name, index))).toBeGreaterThan(4);
            expect(distinct(kernelOf(plain, name, index))).toBeLessThanOrEqual(4);
            expect(distinct(kernelOf(plain, name, index))).toBeGreaterThan(1);
          }
        }
      }
    }
    await tf.setBackend('wasm');
  });

  it('goes into nested models, and makes a layer that is shared once', () => {
    const input = tf.input({ shape: [12] });
    const shared = tf.layers.dense({ units: 12, name: 'twice' });
    const inner = dense(6, 5);
    const once = shared.apply(input) as tf.SymbolicTensor;
    const output = inner.apply(shared.apply(once)) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: output });
    const clustered = clusterWeights(model, { numberOfClusters: 4 });
    const plain = stripClustering(clustered);
    const x = inputsFor(model, 3, 1);
    expect(answers(plain, x)).toEqual(answers(clustered, x));
    expect(distinct(kernelOf(plain, 'twice'))).toBe(4);
    const nested = plain.layers.find((layer) => layer instanceof tf.LayersModel) as tf.LayersModel;
    expect(distinct(kernelOf(nested, 'd1'))).toBe(4);
    expect(distinct(kernelOf(inner, 'd1'))).toBe(30);
  });

  it('keeps zeros and the centroid 0 with preserveSparsity; without it they go', async () => {
    const zerosIn = (values: Float32Array): number[] =>
      Array.from(values.keys()).filter((i) => values[i] === 0);
    for (const clusterPerChannel of [false, true]) {
      const model = halved(smallCnn(5));
      const options = { numberOfClusters: 5, clusterPerChannel };
      const kept = clusterWeights(model, { ...options, preserveSparsity: true });
      const lost = clusterWeights(model, { ...options, clusterCentroidsInit: 'LINEAR' });
      await train(kept, 25);
      await train(lost, 25);
      const [plain, other] = [stripClustering(kept), stripClustering(lost)];
      for (const name of ['conv_1', 'conv_2', 'logits']) {
        const before = zerosIn(kernelOf(model, name));
        expect(before.length).toBeGreaterThan(10);
        const after = kernelOf(plain, name);
        expect(zerosIn(after)).toEqual(expect.arrayContaining(before));
        expect(Object.is(after[before[0]!], -0)).toBe(false);
        expect(after.some((w) => w !== 0)).toBe(true);
        const centroids = variable(kept, `cluster_${name}`, 'centroids').dataSync();
        expect(centroids).toContain(0);
        expect(zerosIn(kernelOf(other, name)).length).toBeLessThan(before.length);
        if (!clusterPerChannel) expect(distinct(after)).toBeLessThanOrEqual(5);
      }
      // Behind the scenes, masked weights do not move either.
      const weights = kernelOf(kept, 'cluster_conv_1');
      for (const i of zerosIn(kernelOf(model, 'conv_1'))) expect(weights[i]).toBe(0);
    }
  });

  it('keeps a kernel of zeros alone at zero', async () => {
    const model = dense(6, 4);
    const first = model.getLayer('d0');
    first.setWeights([tf.zeros([12, 6]), first.getWeights()[1]!]);
    const clustered = clusterWeights(model, { numberOfClusters: 4, preserveSparsity: true });
    await train(clustered, 5);
    expect(distinct(kernelOf(stripClustering(clustered), 'd0'))).toBe(1);
    expect(kernelOf(stripClustering(clustered), 'd0')[0]).toBe(0);
  });

  it('clusters each filter of Conv2D by itself with clusterPerChannel, others as a whole', async () => {
    const clustered = clusterWeights(smallCnn(6), { numberOfClusters: 3, clusterPerChannel: true });
    expect(variable(clustered, 'cluster_conv_2', 'centroids').shape).toEqual([6, 3]);
    expect(variable(clustered, 'cluster_logits', 'centroids').shape).toEqual([3]);
    await train(clustered, 20);
    const plain = stripClustering(clustered);
    const kernel = kernelOf(plain, 'conv_2');
    for (let channel = 0; channel < 6; channel++) {
      const own = kernel.filter((_, i) => i % 6 === channel);
      expect(distinct(own)).toBeLessThanOrEqual(3);
      expect(distinct(own)).toBeGreaterThan(1);
    }
    expect(distinct(kernel)).toBeGreaterThan(6);
    expect(distinct(kernelOf(plain, 'logits'))).toBeLessThanOrEqual(3);
  });

  it('trains centroids alone with trainWeights: false', async () => {
    const model = smallCnn(7);
    const clustered = clusterWeights(model, { numberOfClusters: 4, trainWeights: false });
    const layer = clustered.getLayer('cluster_conv_2');
    const indexOf = (values: Float32Array): string => {
      const order = [...new Set(values)];
      return Array.from(values, (value) => order.indexOf(value)).join();
    };
    const before = kernelInUse(clustered, 'cluster_conv_2');
    expect(
      layer.trainableWeights.map(({ originalName }) => originalName.split('/').at(-1)),
    ).toEqual(['bias', 'cluster_centroids_kernel']);
    expect(layer.weights).toHaveLength(4);
    const losses = await train(clustered, 50);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    const after = kernelInUse(clustered, 'cluster_conv_2');
    expect(after).not.toEqual(before);
    expect(indexOf(after)).toBe(indexOf(before));
    expect(clustered.getLayer('cluster_conv_2').nonTrainableWeights[0]!.read().dataSync()).toEqual(
      model.getLayer('conv_2').getWeights()[0]!.dataSync(),
    );
    // Even where centroids pass one another: assigned anew, each weight would go to the other one.
    const swap = variable(clustered, 'cluster_conv_2', 'centroids') as tf.Variable;
    swap.assign(tf.neg(swap));
    expect(kernelInUse(clustered, 'cluster_conv_2')).toEqual(after.map((w) => -w));
    expect(kernelOf(stripClustering(clustered), 'conv_2')).toEqual(after.map((w) => -w));
  });

  it('keeps zeros with trainWeights: false too', async () => {
    const model = halved(smallCnn(8));
    const clustered = clusterWeights(model, {
      numberOfClusters: 5,
      preserveSparsity: true,
      trainWeights: false,
      kMeansIterations: 50,
    });
    await train(clustered, 50);
    const after = kernelOf(stripClustering(clustered), 'conv_2');
    kernelOf(model, 'conv_2').forEach((w, i) => {
      if (w === 0) expect(after[i]).toBe(0);
    });
  });

  it('starts nearer with kMeansIterations, at what kMeans finds', () => {
    const model = dense(40);
    const options = { numberOfClusters: 8, seed: 2 };
    const weights = kernelOf(model, 'd0');
    const error = (kMeansIterations: number): number => {
      const clustered = clusterWeights(model, { ...options, kMeansIterations });
      return kernelInUse(clustered, 'cluster_d0').reduce(
        (sum, w, i) => sum + (w - weights[i]!) ** 2,
        0,
      );
    };
    expect(error(100)).toBeLessThan(error(0));
    const { inertia } = clustering.kMeans(weights, { ...options, iterations: 100 });
    expect(error(100)).toBeCloseTo(inertia, 6);
  });

  it('clusters the layers named alone', () => {
    const clustered = clusterWeights(smallCnn(9), { numberOfClusters: { conv_2: 3, logits: 7 } });
    expect(
      clustered.layers.map(({ name }) => name).filter((n) => n.startsWith('cluster_')),
    ).toEqual(['cluster_conv_2', 'cluster_logits']);
    const plain = stripClustering(clustered);
    expect(distinct(kernelOf(plain, 'conv_2'))).toBe(3);
    expect(distinct(kernelOf(plain, 'logits'))).toBe(7);
    expect(distinct(kernelOf(plain, 'conv_1'))).toBe(36);
    // What is clustered already stays so when others are.
    const more = clusterWeights(clustered, { numberOfClusters: { conv_1: 2 } });
    const both = stripClustering(more);
    expect(kernelOf(both, 'conv_2')).toEqual(kernelOf(plain, 'conv_2'));
    expect(distinct(kernelOf(both, 'conv_1'))).toBe(2);
  });

  it('takes a layer for a new model, built or not', async () => {
    const made = clusterWeights(tf.layers.dense({ units: 6, inputShape: [8], name: 'new' }), {
      numberOfClusters: 3,
    });
    expect(made.name).toBe('cluster_new');
    const model = tf.sequential({ layers: [made, tf.layers.dense({ units: 2, name: 'out' })] });
    await train(model, 5);
    expect(distinct(kernelOf(stripClustering(model), 'new'))).toBeLessThanOrEqual(3);
    const loaded = await saveAndLoad(model);
    const x = inputsFor(model, 2, 1);
    expect(answers(loaded, x)).toEqual(answers(model, x));

    const trained = dense(6);
    const copy = clusterWeights(trained.getLayer('d0'), { numberOfClusters: 3 });
    const next = tf.sequential({ layers: [copy] });
    const [expected] = [clusterWeights(trained, { numberOfClusters: 3 })];
    expect(kernelInUse(next, 'cluster_d0')).toEqual(kernelInUse(expected, 'cluster_d0'));
  });

  it('leaves layers that do not train alone, unless they are named', () => {
    const model = dense(6, 5);
    model.getLayer('d0').trainable = false;
    const clustered = clusterWeights(model, { numberOfClusters: 3 });
    expect(clustered.layers.map(({ name }) => name)).toEqual(['d0', 'cluster_d1']);
    const named = clusterWeights(model, { numberOfClusters: { d0: 3 } });
    expect(named.getLayer('cluster_d0').trainableWeights).toEqual([]);
    expect(distinct(kernelOf(stripClustering(named), 'd0'))).toBe(3);
    const fixed = clusterWeights(model, { numberOfClusters: { d0: 3 }, trainWeights: false });
    expect(fixed.getLayer('cluster_d0').weights).toHaveLength(4);
  });

  it('leaves layers with too few weights alone, and says so', () => {
    const told: string[] = [];
    const onWarning = (message: string): void => void told.push(message);
    const clustered = clusterWeights(smallCnn(1), { numberOfClusters: 36, onWarning });
    expect(clustered.layers[0]!.name).toBe('conv_1');
    expect(clustered.getLayer('cluster_conv_2')).toBeDefined();
    expect(told).toEqual([
      'The layer conv_1 has 36 weights, no more than the 36 clusters asked for: it is not clustered.',
    ]);
    told.length = 0;
    const options = { numberOfClusters: 9, clusterPerChannel: true, onWarning };
    expect(clusterWeights(smallCnn(1), options).layers[0]!.name).toBe('conv_1');
    expect(told).toEqual([
      'The layer conv_1 has 9 weights for each filter, no more than the 9 clusters asked for: it is not clustered.',
    ]);
  });

  it('leaves the model as it was', () => {
    const model = everyLayer(3);
    const x = inputsFor(model, 3, 1);
    const before = answers(model, x);
    const names = model.layers.map(({ name }) => name);
    const weights = model.getWeights().map((each) => each.dataSync().slice());
    const clustered = clusterWeights(model, { numberOfClusters: 2 });
    stripClustering(clustered);
    expect(answers(model, x)).toEqual(before);
    expect(model.layers.map(({ name }) => name)).toEqual(names);
    expect(model.getWeights().map((each) => each.dataSync().slice())).toEqual(weights);
  });

  it('refuses what it cannot mean, by name', () => {
    const model = smallCnn(1);
    const wrong = (options: unknown, given: unknown = model): string =>
      errorOf(() => clusterWeights(given as tf.LayersModel, options as never)).message;
    expect(wrong({ numberOfClusters: 1 })).toMatch(/numberOfClusters .* at least 2; it is 1/);
    expect(wrong({ numberOfClusters: 2, preserveSparsity: true })).toMatch(/at least 3; it is 2/);
    expect(wrong({ numberOfClusters: 2.5 })).toMatch(/it is 2\.5/);
    expect(wrong({ numberOfClusters: '8' })).toMatch(/it is the text "8"/);
    expect(wrong({ numberOfClusters: null })).toMatch(/it is null/);
    expect(wrong({ numberOfClusters: { logits: 1 } })).toMatch(/of the layer logits .* it is 1/);
    expect(wrong({ numberOfClusters: { flatten: 4 } })).toMatch(
      /no layer flatten that can be clustered\. Those that can are conv_1, conv_2, logits/,
    );
    expect(wrong({})).toMatch(/it is undefined/);
    expect(wrong(undefined)).toMatch(/options must be an object/);
    const good = { numberOfClusters: 4 };
    expect(wrong({ ...good, cluster_per_channel: true })).toMatch(/is clusterPerChannel/);
    expect(wrong({ ...good, clusterCentroidsInit: 'KMEANS' })).toMatch(/clusterCentroidsInit must/);
    expect(wrong({ ...good, clusterGradientAggregation: 'MEAN' })).toMatch(/'SUM' or 'AVG'/);
    expect(wrong({ ...good, trainWeights: 0 })).toMatch(/trainWeights must be true or false/);
    expect(wrong({ ...good, kMeansIterations: -1 })).toMatch(/kMeansIterations .* it is -1/);
    expect(wrong({ ...good, seed: 'x' })).toMatch(/seed/);
    expect(wrong(good, {})).toMatch(/must be a Sequential or functional model/);
    expect(
      wrong(good, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2] })] })),
    ).toMatch(/no layer to cluster among/);
    expect(wrong(good, clusterWeights(model, good))).toMatch(/not clustered already/);
    expect(wrong(good, quantization.quantizeModel(model))).toMatch(
      /quant_conv_1 \(QuantizeWrapper\) cannot be clustered.*stripped first/,
    );
    const bent = tf.sequential({
      layers: [tf.layers.prelu({ inputShape: [3], name: 'bend' })],
    });
    expect(wrong(good, bent)).toMatch(/bend \(PReLU\) cannot be clustered/);
    expect(wrong(good, tf.layers.flatten({ name: 'flat' }))).toMatch(/flat \(Flatten\)/);
    const infinite = dense(3);
    infinite.setWeights([tf.fill([12, 3], NaN), tf.zeros([3])]);
    expect(wrong(good, infinite)).toMatch(/d0 holds NaN/);
  });
});

describe('a file', () => {
  it('cannot ask for centroids without end', async () => {
    for (const [model, from] of [
      [clusterWeights(smallCnn(1), { numberOfClusters: 4 }), '"number_of_clusters":4'],
      [
        quantization.quantizeModel(
          stripClustering(clusterWeights(smallCnn(1), { numberOfClusters: 4 })),
          { preserveClusters: true },
        ),
        '"clusters":[4]',
      ],
    ] as const) {
      let topology = '';
      await model.save(
        tf.io.withSaveHandler((artifacts) => {
          topology = JSON.stringify(artifacts.modelTopology);
          return Promise.resolve({
            modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
          });
        }),
      );
      expect(topology).toContain(from);
      const modelTopology = JSON.parse(topology.replace(from, from.replace('4', '1e9'))) as object;
      await expect(tf.loadLayersModel(tf.io.fromMemory({ modelTopology }))).rejects.toThrow(
        /lusters must be an integer from .* it is 1000000000/,
      );
    }
  });
});

describe('stripClustering', () => {
  it('copies a model without clustered layers, and says so', () => {
    const model = smallCnn(1);
    const told: string[] = [];
    const copy = stripClustering(model, { onWarning: (message) => void told.push(message) });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/no layer of the model is clustered; this is a copy/);
    const x = inputsFor(model, 2, 1);
    expect(answers(copy, x)).toEqual(answers(model, x));
    expect(copy).not.toBe(model);
    const strip = (given: unknown, options?: unknown): ReaderError =>
      errorOf(() => stripClustering(given as never, options as never));
    expect(strip(null).code).toBe('model-not-a-model');
    expect(strip(model, { warn: 1 }).code).toBe('option-unknown');
  });

  it('can be quantized afterwards', () => {
    const plain = stripClustering(clusterWeights(smallCnn(2), { numberOfClusters: 4 }));
    expect(quantization.quantizeModel(plain).layers.at(-1)!.name).toBe('quant_logits');
    const clustered = clusterWeights(smallCnn(2), { numberOfClusters: 4 });
    expect(errorOf(() => quantization.quantizeModel(clustered)).message).toMatch(
      /cluster_conv_1 \(ClusterWeights\).*stripClustering on the model first/,
    );
  });
});
