import * as tf from '@tensorflow/tfjs';
import { countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { sqnr } from '../../../src/engine/numerics/index.ts';
import { fakeQuantizeWeights, gptq } from '../../../src/engine/quantization/index.ts';
import {
  magnitudePrune,
  obdPrune,
  obdSaliency,
  optimalBrainSurgeon,
} from '../../../src/engine/sparsity/index.ts';

export const models = ['lenet-300-100'];
export const images = ['train', 'test'] as const;

/** Sheets on which curvature is measured, and those on which the loss is. */
const ASKED = 200;
const MEASURED = 5000;
const SHARES = [0.3, 0.5, 0.7];
const BITS = [2, 3, 4];
/** Sheets that GPTQ is shown. */
const SHEETS = [20, 50, 100, 200, 500, 2000];

type Way = 'size' | 'saliency' | 'surgeon';

/** What is left of the last layer when a share of its weights has gone. */
export interface Operated {
  share: number;
  /** Rise of the loss over the training images, in nats, and test images that are read. */
  rise: Record<Way, number>;
  read: Record<Way, number>;
}

/** The last layer, its weights rounded one way or the other. */
export interface Rounded {
  weights: number;
  outputs: number;
  read: number;
}

export interface Section52Results {
  asked: number;
  measured: number;
  testImages: number;
  loss: number;
  read: number;
  weights: number;
  operations: Operated[];
  /** Those of seven tenths again, the saliencies measured on as many sheets as the loss. */
  saliencyOfAll: number;
  rounding: { bits: number; nearest: Rounded; gptq: Rounded }[];
  /** dB of the layer’s sums at 3 bits, on the sheets that GPTQ saw and on the test images. */
  shown: { sheets: number; own: number; others: number }[];
  nearestOwn: number;
  /** Two inputs of the layer that are most alike: E[x·xᵀ] and correlation, and their weights in one unit. */
  pair: {
    inputs: [number, number];
    unit: number;
    h: [number, number, number];
    weights: [number, number];
  };
  medianCorrelation: number;
}

export async function compute(sets: Record<'train' | 'test', MnistSet>): Promise<Section52Results> {
  const model = await loadModel('lenet-300-100');
  const [kernel, bias] = model.getLayer('logits').getWeights() as [tf.Tensor2D, tf.Tensor1D];
  const head = lastLayer(kernel, bias, 'softmax');
  const sums = lastLayer(kernel, bias, 'linear');
  const reader = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('logits').input as tf.SymbolicTensor,
  });
  const read = (set: MnistSet, count: number) => activations(reader, set, count);
  const few = read(sets.train, ASKED);
  const many = read(sets.train, MEASURED);
  const tested = read(sets.test, sets.test.count);
  const fewLabels = oneHot(sets.train, ASKED);
  const manyLabels = oneHot(sets.train, MEASURED);

  const lossOf = (network: tf.LayersModel): number =>
    tf.tidy(() => {
      const given = tf.sum(tf.mul(network.predict(many) as tf.Tensor, manyLabels), 1);
      return -tf.mean(tf.log(tf.maximum(given, 1e-30))).dataSync()[0]!;
    });
  const readBy = (network: tf.LayersModel): number =>
    countEqual(
      Uint8Array.from(tf.tidy(() => tf.argMax(network.predict(tested) as tf.Tensor, 1).dataSync())),
      sets.test.labels,
    );

  const loss = lossOf(head);
  const saliencies = obdSaliency(head, few, fewLabels);
  const operations = SHARES.map((share): Operated => {
    const made: Record<Way, tf.LayersModel> = {
      size: magnitudePrune(head, share),
      saliency: obdPrune(head, saliencies, share),
      surgeon: optimalBrainSurgeon(head, few, fewLabels, { remove: share }).model,
    };
    const of = (value: (network: tf.LayersModel) => number): Record<Way, number> => ({
      size: value(made.size),
      saliency: value(made.saliency),
      surgeon: value(made.surgeon),
    });
    return { share, rise: of((network) => lossOf(network) - loss), read: of(readBy) };
  });
  const all = obdSaliency(head, many, manyLabels);
  const saliencyOfAll = lossOf(obdPrune(head, all, 0.7)) - loss;

  const wanted = values(sums, tested);
  const trained = kernel.dataSync() as Float32Array;
  const judged = (network: tf.LayersModel): Rounded => ({
    weights: sqnr(trained, network.getWeights()[0]!.dataSync() as Float32Array),
    outputs: sqnr(wanted, values(network, tested)),
    read: readBy(network),
  });
  const withGptq = (numBits: number, count: number) =>
    gptq(
      sums,
      function* () {
        yield many.slice([0, 0], [count, many.shape[1]!]);
      },
      { numBits },
    );
  const rounding = [];
  for (const bits of BITS) {
    rounding.push({
      bits,
      nearest: judged(fakeQuantizeWeights(sums, { numBits: bits })),
      gptq: judged(await withGptq(bits, 500)),
    });
  }
  const shown = [];
  for (const sheets of SHEETS) {
    const network = await withGptq(3, sheets);
    const own = many.slice([0, 0], [sheets, many.shape[1]!]);
    shown.push({
      sheets,
      own: sqnr(values(sums, own), values(network, own)),
      others: sqnr(wanted, values(network, tested)),
    });
  }
  const nearest = fakeQuantizeWeights(sums, { numBits: 3 });
  return {
    asked: ASKED,
    measured: MEASURED,
    testImages: sets.test.count,
    loss,
    read: readBy(head),
    weights: trained.length,
    operations,
    saliencyOfAll,
    rounding,
    shown,
    nearestOwn: sqnr(values(sums, many), values(nearest, many)),
    ...pairs(many, trained),
  };
}

/** The two inputs most alike, and the unit in which their weights together are largest. */
function pairs(
  inputs: tf.Tensor2D,
  kernel: Float32Array,
): Pick<Section52Results, 'pair' | 'medianCorrelation'> {
  const [rows, size] = inputs.shape;
  const gram = tf.tidy(() => tf.matMul(tf.transpose(inputs), inputs).div(rows).dataSync());
  const alike: { i: number; j: number; correlation: number }[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const power = gram[i * size + i]! * gram[j * size + j]!;
      if (power > 0) alike.push({ i, j, correlation: gram[i * size + j]! / Math.sqrt(power) });
    }
  }
  alike.sort((a, b) => b.correlation - a.correlation);
  const { i, j } = alike[0]!;
  const units = kernel.length / size;
  const at = (input: number, unit: number) => kernel[input * units + unit]!;
  const unit = Array.from({ length: units }, (_, u) => u).reduce((best, u) =>
    Math.abs(at(i, u)) + Math.abs(at(j, u)) > Math.abs(at(i, best)) + Math.abs(at(j, best))
      ? u
      : best,
  );
  return {
    pair: {
      inputs: [i, j],
      unit,
      h: [gram[i * size + i]!, gram[i * size + j]!, gram[j * size + j]!],
      weights: [at(i, unit), at(j, unit)],
    },
    medianCorrelation: alike[Math.floor(alike.length / 2)]!.correlation,
  };
}

/** The last layer as a network of its own. */
function lastLayer(
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: 'softmax' | 'linear',
): tf.LayersModel {
  const [inputs, units] = kernel.shape;
  const layer = tf.layers.dense({ units, inputShape: [inputs], activation, name: 'logits' });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights([kernel, bias]);
  return model;
}

function activations(reader: tf.LayersModel, { pixels }: MnistSet, count: number): tf.Tensor2D {
  const values = Float32Array.from(pixels.subarray(0, count * 784), (pixel) => pixel / 255);
  return tf.tidy(
    () => reader.predict(tf.tensor2d(values, [count, 784]), { batchSize: 1000 }) as tf.Tensor2D,
  );
}

const oneHot = ({ labels }: MnistSet, count: number): tf.Tensor2D =>
  tf.tidy(() => {
    const classes = tf.tensor1d(Int32Array.from(labels.subarray(0, count)), 'int32');
    return tf.oneHot(classes, 10).toFloat() as tf.Tensor2D;
  });

const values = (network: tf.LayersModel, inputs: tf.Tensor): Float32Array => {
  const given = network.predict(inputs) as tf.Tensor;
  const read = given.dataSync() as Float32Array;
  given.dispose();
  return read;
};
