import * as tf from '@tensorflow/tfjs';
import { masked } from '../../clustering/clustered-variable.ts';
import { pullNearest } from '../../clustering/pull-centroids.ts';
import type { Variable } from '../../model-graph/wrapping-layer.ts';
import { requireInteger } from '../../numerics/arguments.ts';
import { MOST_VALUES, type Preservation } from './preservation.ts';

type AddVariable = (name: string, shape: number[], trainable: boolean) => Variable;

/**
 * A kernel that keeps its zeros, or is made of no more values than it was.
 *
 * Zeros: ŵ = w·mask. Clusters: the values are centroids that train, and weights behind the kernel train and are
 * assigned to the nearest centroid in every pass; the layer's kernel itself holds what comes of it. Both: the centroid 0
 * stays 0, and so do weights that are 0.
 *
 * @see tensorflow_model_optimization/python/core/quantization/keras/collaborative_optimizations/
 * @internal
 */
export class PreservedKernel {
  readonly #kernel: Variable;
  readonly #sizes: readonly number[] | null;
  readonly #mask: Variable | undefined;
  readonly #original: Variable | undefined;
  readonly #centroids: Variable | undefined;
  readonly #centroidMask: Variable | undefined;

  constructor(kernel: Variable, { sparsity, clusters }: Preservation, add: AddVariable) {
    const shape = kernel.shape as number[];
    this.#kernel = kernel;
    this.#sizes = clusters;
    if (sparsity) this.#mask = add('sparsity_mask', shape, false);
    if (!clusters) return;
    // A configuration may come from a file.
    for (const size of clusters) requireInteger('clusters', size, 1, MOST_VALUES);
    const total = clusters.reduce((sum, size) => sum + size, 0);
    this.#original = add('original_weights', shape, true);
    this.#centroids = add('cluster_centroids', [total], true);
    if (sparsity) this.#centroidMask = add('centroid_mask', [total], false);
  }

  /** Variables that train beside the kernel. */
  get trainable(): Variable[] {
    return [this.#original, this.#centroids].filter((variable) => variable !== undefined);
  }

  /** Variables that do not train. */
  get fixed(): Variable[] {
    return [this.#mask, this.#centroidMask].filter((variable) => variable !== undefined);
  }

  /** Remembers zeros and values of the kernel as it is. */
  remember(): void {
    tf.tidy(() => {
      const kernel = this.#kernel.read();
      const values = kernel.dataSync() as Float32Array;
      const notZero = (data: Float32Array): Float32Array =>
        data.map((value) => (value === 0 ? 0 : 1));
      this.#mask?.write(tf.tensor(notZero(values), kernel.shape));
      if (!this.#sizes) return;
      this.#original!.write(kernel.clone());
      const centroids = distinctByChannel(values, this.#sizes.length);
      this.#centroids!.write(tf.tensor1d(centroids));
      this.#centroidMask?.write(tf.tensor1d(notZero(centroids)));
    });
  }

  /** The kernel as training has made it. */
  read(): tf.Tensor {
    if (!this.#sizes) return masked(this.#kernel, this.#mask);
    const weights = masked(this.#original!, this.#mask);
    const centroids = masked(this.#centroids!, this.#centroidMask);
    const pulled = pullNearest(weights, centroids, this.#sizes, 'SUM');
    this.#kernel.write(pulled);
    return pulled;
  }
}

/** The distinct values of each channel in rising order, one channel after the other. */
function distinctByChannel(values: Float32Array, channels: number): Float32Array {
  const inChannel = Array.from({ length: channels }, () => new Set<number>());
  values.forEach((value, i) => inChannel[i % channels]!.add(value));
  return Float32Array.from(inChannel.flatMap((each) => [...each].sort((a, b) => a - b)));
}
