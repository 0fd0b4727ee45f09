import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { obdPrune, obdSaliency, type LayerSaliency } from '../../../src/engine/sparsity/index.ts';

export const models = ['lenet-300-100'];
export const images = ['train'] as const;

/** The images that content/results/compression.json measures the same network on. */
const IMAGES = 5000;
/** Bands of the rank map, each as many hundredths of the weights. */
export const BANDS = 20;
const SHARES = [0.3, 0.5, 0.6, 0.7, 0.9];

/** The loss that deleting a share of the weights by saliency adds, in nats, and what it is made of. */
export interface Terms {
  share: number;
  /** Σ of the saliencies. */
  diagonal: number;
  /** Slope times step. */
  slope: number;
  /** What the deletions do to each other: the whole quadratic form without its diagonal. */
  cross: number;
  /** The orders beyond the second. */
  beyond: number;
  measured: number;
}

export interface LayerWorth {
  layer: string;
  weights: number;
  meanSize: number;
  meanCurvature: number;
  /** Weights whose saliency is 0. */
  worthless: number;
  /** Struck when half of the network’s weights go, by size and by saliency. */
  struckBySize: number;
  struckBySaliency: number;
  /** Counts of [BANDS of rank by size, BANDS of rank by saliency], row-major. */
  ranks: number[];
}

export interface Section51Results {
  images: number;
  layers: LayerWorth[];
  /** The largest weight of saliency 0. */
  largestWorthless: number;
  /** The smallest weight that is among the more salient half. */
  smallestKept: number;
  terms: Terms[];
}

export async function compute({ train }: Record<'train', MnistSet>): Promise<Section51Results> {
  const model = await loadModel('lenet-300-100');
  const { inputs, labels } = sample(train);
  const saliencies = obdSaliency(model, inputs, labels);
  const weights = saliencies.map(({ layer }) => kernelOf(model, layer));
  const sizes = Float32Array.from(weights.flatMap((kernel) => [...kernel.map(Math.abs)]));
  const worths = Float32Array.from(saliencies.flatMap(({ saliency }) => [...saliency]));
  const order = Array.from(sizes.keys());
  const bySize = ranksOf(order.toSorted((a, b) => sizes[a]! - sizes[b]! || b - a));
  // As obdPrune has it: of equal saliencies the smaller weight goes first, then the later.
  const bySaliency = ranksOf(
    order.toSorted((a, b) => worths[a]! - worths[b]! || sizes[a]! - sizes[b]! || b - a),
  );
  let from = 0;
  const layers = saliencies.map(({ layer, h, saliency }, i): LayerWorth => {
    const own = weights[i]!;
    const ranks = new Array<number>(BANDS * BANDS).fill(0);
    let [struckBySize, struckBySaliency] = [0, 0];
    for (let at = from; at < from + own.length; at++) {
      const [row, column] = [bySize[at]!, bySaliency[at]!].map((rank) =>
        Math.floor((BANDS * rank) / sizes.length),
      ) as [number, number];
      ranks[row * BANDS + column]! += 1;
      if (bySize[at]! < sizes.length / 2) struckBySize++;
      if (bySaliency[at]! < sizes.length / 2) struckBySaliency++;
    }
    from += own.length;
    return {
      layer,
      weights: own.length,
      meanSize: mean(own.map(Math.abs)),
      meanCurvature: mean(h),
      worthless: saliency.filter((worth) => worth === 0).length,
      struckBySize,
      struckBySaliency,
      ranks,
    };
  });
  const results = {
    images: IMAGES,
    layers,
    largestWorthless: order.reduce(
      (most, i) => (worths[i] === 0 ? Math.max(most, sizes[i]!) : most),
      0,
    ),
    smallestKept: order.reduce(
      (least, i) => (bySaliency[i]! >= sizes.length / 2 ? Math.min(least, sizes[i]!) : least),
      Infinity,
    ),
    terms: SHARES.map((share) => termsOf(model, saliencies, share, inputs, labels)),
  };
  tf.dispose([inputs, labels]);
  return results;
}

/** Takes the rise of the loss apart. */
function termsOf(
  model: tf.LayersModel,
  saliencies: readonly LayerSaliency[],
  share: number,
  inputs: tf.Tensor,
  labels: tf.Tensor,
): Terms {
  const pruned = obdPrune(model, saliencies, share);
  let [diagonal, slope] = [0, 0];
  for (const { layer, saliency, gradient } of saliencies) {
    const [before, after] = [kernelOf(model, layer), kernelOf(pruned, layer)];
    before.forEach((weight, i) => {
      if (after[i] !== 0) return;
      diagonal += saliency[i]!;
      slope -= gradient[i]! * weight;
    });
  }
  const scores = scoresAlong(model, pruned);
  const lossAt = (step: number): number =>
    tf.tidy(() => {
      const log = tf.logSoftmax(scores(step, inputs));
      return -tf.mean(tf.sum(log.mul(labels), 1)).dataSync()[0]!;
    });
  const quadratic = tf.tidy(() => {
    const step = 0.01;
    const moved = tf.sub(scores(step, inputs), scores(-step, inputs)).div(2 * step);
    const p = tf.softmax(scores(0, inputs));
    const square = tf.sum(p.mul(moved.square()), 1).sub(tf.sum(p.mul(moved), 1).square());
    return tf.mean(square).dataSync()[0]! / 2;
  });
  const measured = lossAt(1) - lossAt(0);
  pruned.dispose();
  return {
    share,
    diagonal,
    slope,
    cross: quadratic - diagonal,
    beyond: measured - slope - quadratic,
    measured,
  };
}

/** The network’s scores, part of the way from one model to another: 0 is the first, 1 the second. */
function scoresAlong(
  from: tf.LayersModel,
  to: tf.LayersModel,
): (step: number, inputs: tf.Tensor) => tf.Tensor {
  const names = from.layers
    .filter((layer) => layer.getWeights().length > 0)
    .map(({ name }) => name);
  return (step, inputs) =>
    tf.tidy(() =>
      names.reduce((values, name, i) => {
        const [kernel, bias] = from.getLayer(name).getWeights() as [tf.Tensor2D, tf.Tensor1D];
        const other = to.getLayer(name).getWeights()[0] as tf.Tensor2D;
        const between = tf.add(kernel, tf.mul(tf.sub(other, kernel), step)) as tf.Tensor2D;
        const sums = tf.add(tf.matMul(values as tf.Tensor2D, between), bias);
        return i < names.length - 1 ? tf.relu(sums) : sums;
      }, inputs),
    );
}

function kernelOf(model: tf.LayersModel, layer: string): Float32Array {
  return model.getLayer(layer).getWeights()[0]!.dataSync() as Float32Array;
}

/** Where each stands in an order. */
function ranksOf(order: readonly number[]): Int32Array {
  const ranks = new Int32Array(order.length);
  for (const [rank, index] of order.entries()) ranks[index] = rank;
  return ranks;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sample({ pixels, labels }: MnistSet): { inputs: tf.Tensor2D; labels: tf.Tensor2D } {
  const values = Float32Array.from(pixels.subarray(0, IMAGES * 784), (pixel) => pixel / 255);
  const classes = labels.subarray(0, IMAGES);
  return {
    inputs: tf.tensor2d(values, [IMAGES, 784]),
    labels: tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), 10).toFloat() as tf.Tensor2D),
  };
}
