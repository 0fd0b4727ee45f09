import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { kMeans } from '../../../src/engine/clustering/index.ts';
import { sizeLedger } from '../../../src/engine/compression/index.ts';
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../src/engine/numerics/index.ts';
import { quantizeModel } from '../../../src/engine/quantization/index.ts';
import { wrappersOf } from '../../../src/engine/quantization/training/calibrate-ranges.ts';
import { magnitudePrune } from '../../../src/engine/sparsity/index.ts';

export const models = ['lenet-5'];
export const images = ['train', 'test'] as const;

/** P prunes, C clusters, Q quantizes, T trains. */
type Operation = 'P' | 'C' | 'Q' | 'T';

/** A kernel after some operations. */
export interface KernelState {
  /** In the order in which they were done: `PCQ`. */
  order: string;
  /** Whether each kept what those before it had made. */
  careful: boolean;
  zeros: number;
  /** Different values, zero among them. */
  values: number;
  /** Share of weights that int8 codes restore. */
  onGrid: number;
  /** Against the kernel as it was trained, dB. */
  sqnr: number;
  /** The layer, kernel and biases, in the shortest way of storing it without loss. */
  bytes: number;
  /** Test images read rightly by the model with this kernel in it. */
  correct: number;
}

/** The kernel of `dense_1` of LeNet-5, pruned, clustered and quantized in every order. */
export interface Section36Results {
  weights: number;
  sparsity: number;
  clusters: number;
  /** Steps of training that T stands for. */
  trainingSteps: number;
  testImages: number;
  states: KernelState[];
}

const LAYER = 'dense_1';
const SPARSITY = 0.8;
const CLUSTERS = 16;
const STEPS = 10;
const BATCH = 64;
const LEARNING_RATE = 1e-3;
/** A restored weight is the same if it differs by less than this share: the scale is computed anew. */
const SAME = 1e-5;

const ORDERS = ['PCQ', 'PQC', 'CPQ', 'CQP', 'QPC', 'QCP'];
const SEQUENCES = [
  '', 'P', 'C', 'Q', 'T', 'PC', 'PQ', 'PT', 'CP', 'CQ', 'CT', 'QP', 'QC', 'QT', 'PCT', ...ORDERS,
]; // prettier-ignore

type Kernel = Float32Array;

/** Everything the operations work with. */
interface Bench {
  shape: [number, number];
  bias: tf.Tensor;
  last: tf.Tensor[];
  trainX: tf.Tensor2D;
  trainLabels: Uint8Array;
  testX: tf.Tensor2D;
  testLabels: Uint8Array;
}

/** Every order of the three, done carelessly and with care. */
export async function compute({
  train,
  test,
}: Record<'train' | 'test', MnistSet>): Promise<Section36Results> {
  await startTensorFlow();
  const model = await loadModel('lenet-5');
  const [kernel, bias] = model.getLayer(LAYER).getWeights();
  const bench: Bench = {
    shape: kernel!.shape as [number, number],
    bias: bias!,
    last: model.getLayer('logits').getWeights(),
    trainX: featuresOf(model, train, STEPS * BATCH),
    trainLabels: train.labels,
    testX: featuresOf(model, test, test.count),
    testLabels: test.labels,
  };
  const original = kernel!.dataSync() as Kernel;
  const states: KernelState[] = [];
  for (const careful of [false, true]) {
    const done = new Map<string, Kernel>([['', original]]);
    for (const order of SEQUENCES) {
      if (order !== '') {
        const before = done.get(order.slice(0, -1))!;
        done.set(order, await apply(order.at(-1) as Operation, before, careful, bench));
      }
      states.push({ order, careful, ...measure(done.get(order)!, original, bench) });
      console.log('  ', JSON.stringify(states.at(-1)));
    }
  }
  return {
    weights: original.length,
    sparsity: SPARSITY,
    clusters: CLUSTERS,
    trainingSteps: STEPS,
    testImages: test.count,
    states,
  };
}

async function apply(
  operation: Operation,
  kernel: Kernel,
  careful: boolean,
  bench: Bench,
): Promise<Kernel> {
  switch (operation) {
    case 'P':
      return prune(kernel, bench);
    case 'C':
      return cluster(kernel, careful);
    case 'Q':
      return roundTrip(kernel, bench.shape, careful ? 'tensor' : 'channel');
    case 'T':
      return trained(kernel, careful, bench);
  }
}

/** Of weights that tie with the threshold all are kept. */
function prune(kernel: Kernel, bench: Bench): Kernel {
  return tf.tidy(() =>
    (
      magnitudePrune(layerModel(kernel, bench), SPARSITY).getWeights()[0]!.dataSync() as Kernel
    ).slice(),
  );
}

/** With care one of the values is 0 and stays 0. */
function cluster(kernel: Kernel, preserveSparsity: boolean): Kernel {
  const { centroids, indices } = kMeans(kernel, { numberOfClusters: CLUSTERS, preserveSparsity });
  return Float32Array.from(indices, (index) => centroids[index]!);
}

/** With care there is one scale, so that a value that weights share becomes one integer. */
function roundTrip(kernel: Kernel, shape: [number, number], scales: 'tensor' | 'channel'): Kernel {
  const options = { numBits: 8, symmetric: true, narrowRange: true };
  const params =
    scales === 'tensor'
      ? chooseQuantizationParams(minMax(kernel), options)
      : chooseQuantizationParamsPerAxis(kernel, shape, 1, options);
  return dequantize(quantize(kernel, params), params);
}

/** Some steps of Adam on the layer and the one after it; with care it trains quantized, and keeps zeros and clusters. */
async function trained(kernel: Kernel, careful: boolean, bench: Bench): Promise<Kernel> {
  const plain = layerModel(kernel, bench);
  plain.add(tf.layers.dense({ units: 10 }));
  plain.layers[1]!.setWeights(bench.last);
  plain.add(tf.layers.activation({ activation: 'softmax' }));
  const keep = { preserveSparsity: true, preserveClusters: true, onWarning: () => undefined };
  const model = careful ? quantizeModel(plain, keep) : plain;
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy' });
  for (let from = 0; from < STEPS * BATCH; from += BATCH) {
    const x = bench.trainX.slice([from, 0], [BATCH, -1]);
    const y = tf.tidy(() =>
      tf.oneHot(tf.tensor1d(bench.trainLabels.subarray(from, from + BATCH), 'int32'), 10),
    );
    await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
  return tf.tidy(() => {
    const after = careful
      ? wrappersOf(model)
          .find(({ name }) => name.endsWith(LAYER))!
          .roundedKernel()!
      : model.getWeights()[0]!;
    return (after.dataSync() as Kernel).slice();
  });
}

function measure(
  kernel: Kernel,
  original: Kernel,
  bench: Bench,
): Omit<KernelState, 'order' | 'careful'> {
  const codable = (scales: 'tensor' | 'channel'): number => {
    const restored = roundTrip(kernel, bench.shape, scales);
    return (
      kernel.filter((weight, i) => Math.abs(weight - restored[i]!) <= SAME * Math.abs(weight))
        .length / kernel.length
    );
  };
  const ledger = sizeLedger(layerModel(kernel, bench));
  const noise = sqnr(original, kernel);
  return {
    zeros: kernel.filter((weight) => weight === 0).length,
    values: new Set(kernel).size,
    onGrid: Math.max(codable('tensor'), codable('channel')),
    sqnr: Number.isFinite(noise) ? noise : 0,
    bytes: Math.min(...ledger.filter(({ lossless }) => lossless).map(({ bytes }) => bytes)),
    correct: readRightly(kernel, bench),
  };
}

/** The layer by itself. */
function layerModel(kernel: Kernel, { shape, bias }: Bench): tf.Sequential {
  const [inputs, units] = shape;
  const layer = tf.layers.dense({ name: LAYER, units, inputShape: [inputs], activation: 'relu' });
  const model = tf.sequential({ layers: [layer] });
  tf.tidy(() => layer.setWeights([tf.tensor2d(kernel, shape), bias]));
  return model;
}

/** What comes before the layer, for the first images of a set. */
function featuresOf(model: tf.LayersModel, set: MnistSet, count: number): tf.Tensor2D {
  const before = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('flatten').output as tf.SymbolicTensor,
  });
  return tf.tidy(() => {
    const pixels = Float32Array.from(set.pixels.subarray(0, count * 784), (pixel) => pixel / 255);
    return before.predict(tf.tensor4d(pixels, [count, 28, 28, 1])) as tf.Tensor2D;
  });
}

function readRightly(kernel: Kernel, { shape, bias, last, testX, testLabels }: Bench): number {
  return tf.tidy(() => {
    const hidden = testX.matMul(tf.tensor2d(kernel, shape)).add(bias).relu() as tf.Tensor2D;
    const readings = hidden
      .matMul(last[0] as tf.Tensor2D)
      .add(last[1]!)
      .argMax(1)
      .dataSync();
    return testLabels.reduce((sum, label, i) => sum + Number(readings[i] === label), 0);
  });
}
