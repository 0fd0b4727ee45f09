import * as tf from '@tensorflow/tfjs';
import type { Variable } from '../model-graph/wrapping-layer.ts';
import type { CentroidInitialization } from './centroid-initialization.ts';
import { byChannel } from './initial-centroids.ts';
import { kMeans } from './k-means.ts';
import { nearestByChannel } from './nearest-centroid.ts';
import { pullCentroids, pullNearest } from './pull-centroids.ts';

/** How the weights of a layer are clustered: what is saved with a model. */
export interface ClusterConfig {
  numberOfClusters: number;
  clusterCentroidsInit: CentroidInitialization;
  preserveSparsity: boolean;
  clusterPerChannel: boolean;
  averageGradients: boolean;
  trainWeights: boolean;
  kMeansIterations: number;
  seed: number;
}

/** Makes a variable of zeros. */
export type AddVariable = (
  name: string,
  shape: readonly (number | null)[],
  trainable?: boolean,
  dtype?: tf.DataType,
) => Variable;

/** A weight of a layer with the centroids that stand for its values. @internal */
export class ClusteredVariable {
  /** The weights behind the centroids. */
  readonly variable: Variable;
  readonly #config: ClusterConfig;
  /** Channels that have centroids of their own: 1 where all weights share them. */
  readonly #channels: number;
  readonly #centroids: Variable;
  /** 0 for a centroid that stays 0, 1 for the others. */
  readonly #centroidMask: Variable | undefined;
  /** 0 where a weight stays 0. */
  readonly #sparsityMask: Variable | undefined;
  /** Which centroid each weight has, where that is fixed. */
  readonly #indices: Variable | undefined;

  constructor(
    name: string,
    variable: Variable,
    channels: number,
    config: ClusterConfig,
    add: AddVariable,
  ) {
    this.variable = variable;
    this.#config = config;
    this.#channels = channels;
    const { numberOfClusters, preserveSparsity, trainWeights } = config;
    const rows = channels === 1 ? [numberOfClusters] : [channels, numberOfClusters];
    const { shape } = variable;
    this.#centroids = add(`cluster_centroids_${name}`, rows, true);
    if (preserveSparsity) this.#centroidMask = add(`centroid_mask_${name}`, rows);
    if (preserveSparsity && trainWeights) this.#sparsityMask = add(`sparsity_mask_${name}`, shape);
    if (!trainWeights) this.#indices = add(`pulling_indices_${name}`, shape, false, 'int32');
  }

  get trainable(): Variable[] {
    return [this.#centroids];
  }

  /** Variables that do not train, but for the weights themselves. */
  get fixed(): Variable[] {
    return [this.#centroidMask, this.#sparsityMask, this.#indices].filter(
      (variable) => variable !== undefined,
    );
  }

  /** Finds centroids for the weights as they are, and remembers of them what is to stay. */
  start(): void {
    const values = this.variable.read().dataSync() as Float32Array;
    const { numberOfClusters, preserveSparsity, seed, ...config } = this.#config;
    const options = {
      numberOfClusters,
      preserveSparsity,
      seed,
      init: config.clusterCentroidsInit,
      iterations: config.kMeansIterations,
    };
    const centroids = byChannel(
      values,
      this.#channels,
      numberOfClusters,
      (own) => kMeans(own, options).centroids,
    );
    const indices = nearestByChannel(values, centroids, this.#sizes());
    const zeroOrOne = (value: number): number => (value === 0 ? 0 : 1);
    const write = (variable: Variable | undefined, data: Float32Array | Int32Array): void => {
      variable?.write(tf.tensor(data, variable.shape as number[], variable.dtype));
    };
    tf.tidy(() => {
      write(this.#centroids, centroids);
      write(this.#centroidMask, centroids.map(zeroOrOne));
      const mask = Float32Array.from(indices, (index) => zeroOrOne(centroids[index]!));
      write(this.#sparsityMask, mask);
      write(this.#indices, indices);
    });
  }

  /** The weights made of centroids, as the layer uses them. */
  read(): tf.Tensor {
    const aggregation = this.#config.averageGradients ? 'AVG' : 'SUM';
    const centroids = masked(this.#centroids, this.#centroidMask);
    if (this.#indices) {
      const indices = this.#indices.read().dataSync() as Int32Array;
      return pullCentroids(centroids, indices, this.variable.shape as number[], aggregation);
    }
    const weights = masked(this.variable, this.#sparsityMask);
    return pullNearest(weights, centroids, this.#sizes(), aggregation);
  }

  #sizes(): number[] {
    return new Array<number>(this.#channels).fill(this.#config.numberOfClusters);
  }
}

/** The value of a variable, times its mask where it has one. @internal */
export function masked(variable: Variable, mask: Variable | undefined): tf.Tensor {
  return mask ? tf.mul(variable.read(), mask.read()) : variable.read();
}
