import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { createRng, type Rng } from '../../shared/rng.ts';
import { describe, requireInteger, toFloat32 } from '../numerics/arguments.ts';
import { requireInitialization, type CentroidInitialization } from './centroid-initialization.ts';
import { densityBased } from './density-based.ts';
import { kMeansPlusPlus } from './k-means-plus-plus.ts';
import { linspace } from './linspace.ts';
import { requireBooleans, requireOptions } from './require-options.ts';
import { SortedValues } from './sorted-values.ts';
import { readWeights, type Weights } from './weights.ts';

/** How many centroids, and where they start. */
export interface CentroidOptions {
  /** 1 or more. */
  numberOfClusters: number;
  /** KMEANS_PLUS_PLUS unless told. */
  init?: CentroidInitialization;
  /** One centroid is 0, and the others are shared out between negative and positive weights; false unless told. */
  preserveSparsity?: boolean;
  /** Centroids of their own for each index of the last axis of a tensor; false unless told. */
  clusterPerChannel?: boolean;
  /** Of RANDOM and KMEANS_PLUS_PLUS; 9 unless told, as in the toolkit. */
  seed?: number;
}

/** The seed of the toolkit. @internal */
export const DEFAULT_SEED = 9;
/** More clusters than any kernel has weights. @internal */
export const MOST_CLUSTERS = 2 ** 24;

/**
 * Gives centroids to start from: a few values that stand for all the weights of a layer.
 *
 * LINEAR: cᵢ = min + i·(max − min)/(n − 1). RANDOM: uniform between min and max. DENSITY_BASED: the share of weights
 * below cᵢ is 0.01 + 0.99·i/(n − 1), on a grid of 30 points. KMEANS_PLUS_PLUS: weights, each drawn in proportion to its
 * squared distance from those drawn before; with no more than n distinct weights all of them, the last repeated. With
 * `preserveSparsity` one centroid is 0; of the other n − 1 negative weights get round((n − 1)·share of negatives among
 * what is not 0), positive ones the rest, and each side is treated by itself. Of zeros alone only [0] comes.
 *
 * @param weights - a typed array, an array of numbers, or a tensor; at least one
 * @param options - `numberOfClusters`; `init` (KMEANS_PLUS_PLUS unless told), `preserveSparsity`, `clusterPerChannel`
 *   (for a tensor whose last axis are the channels), `seed` (9 unless told)
 * @returns n centroids as float32, not sorted by KMEANS_PLUS_PLUS and RANDOM; per channel row-major [channels, n]
 * @throws ReaderError `not-an-integer-in-range`, `initialization-unknown`, `option-unknown`, `option-not-boolean`,
 *   `channels-need-a-tensor`, and those of arrays that are no numbers
 * @example
 * ```ts
 * import { clustering } from 'heavy-weights';
 *
 * const weights = [-3, -2, 0, 0, 0, 1, 5];
 * const even = clustering.initialCentroids(weights, { numberOfClusters: 5, init: 'LINEAR' });
 * console.log(Array.from(even).join(' ')); // -3 -1 1 3 5
 * const options = { numberOfClusters: 5, init: 'LINEAR', preserveSparsity: true } as const;
 * console.log(Array.from(clustering.initialCentroids(weights, options)).join(' ')); // -3 -2 0 1 5
 * ```
 * @see tensorflow_model_optimization/python/core/clustering/keras/clustering_centroids.py
 */
export function initialCentroids(weights: Weights, options: CentroidOptions): Float32Array {
  const { init, clusterPerChannel, ...full } = readCentroidOptions(options);
  const values = toFloat32('weights', readWeights('weights', weights));
  if (!clusterPerChannel) return centroidsOf(init, values, full);
  if (!(weights instanceof tf.Tensor) || weights.rank < 2) {
    throw new ReaderError({
      code: 'channels-need-a-tensor',
      explain: `With clusterPerChannel, weights must be a tensor of two or more axes; ${describe(weights)} came.`,
      hint: 'The last axis are the channels: tf.tensor4d(values, [height, width, in, out]).',
    });
  }
  return byChannel(values, weights.shape.at(-1)!, full.numberOfClusters, (own) =>
    centroidsOf(init, own, full),
  );
}

/** How many centroids there are to be, whether one is 0, and what random ones are drawn by. @internal */
export interface CentroidPlan {
  numberOfClusters: number;
  preserveSparsity: boolean;
  seed: number;
}

/**
 * Centroids of each channel, row-major [channels, n]; weight i belongs to channel i mod channels. A channel of zeros
 * may have the centroid 0 alone: the rest of its row stays 0.
 * @internal
 */
export function byChannel(
  values: Float32Array,
  channels: number,
  numberOfClusters: number,
  centroidsOfChannel: (own: Float32Array) => Float32Array,
): Float32Array {
  const all = new Float32Array(channels * numberOfClusters);
  const own = new Float32Array(values.length / channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < own.length; i++) own[i] = values[i * channels + channel]!;
    all.set(centroidsOfChannel(own), channel * numberOfClusters);
  }
  return all;
}

/** Of one channel, or of a whole kernel. @internal */
export function centroidsOf(
  init: CentroidInitialization,
  values: Float32Array,
  { numberOfClusters, preserveSparsity, seed }: CentroidPlan,
): Float32Array {
  const rng = createRng(seed);
  const within = (part: Float32Array, n: number): Float32Array =>
    n <= 0 ? new Float32Array(0) : spread(init, new SortedValues(part), n, preserveSparsity, rng);
  if (!preserveSparsity) return within(values, numberOfClusters);
  const negative = values.filter((value) => value < 0);
  const positive = values.filter((value) => value > 0);
  const nonZero = negative.length + positive.length;
  if (nonZero === 0) return Float32Array.of(0);
  const left = roundHalfEven((numberOfClusters - 1) * (negative.length / nonZero));
  const right = numberOfClusters - 1 - left;
  const centroids = new Float32Array(numberOfClusters);
  centroids.set(within(negative, left), 0);
  centroids.set(within(positive, right), left + 1);
  return centroids;
}

function spread(
  init: CentroidInitialization,
  points: SortedValues,
  n: number,
  keepZero: boolean,
  rng: Rng,
): Float32Array {
  const lowest = points.values[0]!;
  const highest = points.values.at(-1)!;
  switch (init) {
    case 'LINEAR':
      return linspace(lowest, highest, n);
    case 'RANDOM':
      return rng.floats(n, lowest, highest);
    case 'DENSITY_BASED':
      return densityBased(points, n, keepZero);
    case 'KMEANS_PLUS_PLUS':
      return kMeansPlusPlus(points, n, rng);
  }
}

/** As `tf.round` rounds. */
function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

function readCentroidOptions(options: CentroidOptions): Required<CentroidOptions> {
  const full = {
    numberOfClusters: 0,
    init: 'KMEANS_PLUS_PLUS',
    preserveSparsity: false,
    clusterPerChannel: false,
    seed: DEFAULT_SEED,
  } as const;
  requireOptions(options, Object.keys(full));
  const { numberOfClusters, init = full.init, seed = full.seed } = options;
  const { preserveSparsity = false, clusterPerChannel = false } = options;
  requireInteger('numberOfClusters', numberOfClusters, 1, MOST_CLUSTERS);
  requireInitialization('init', init);
  requireBooleans({ preserveSparsity, clusterPerChannel });
  return { numberOfClusters, init, preserveSparsity, clusterPerChannel, seed };
}
