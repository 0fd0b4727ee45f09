import * as tf from '@tensorflow/tfjs';
import { nearestByChannel } from './nearest-centroid.ts';

/** What the gradient of a centroid is made of: the sum over its weights, or their mean. */
export type GradientAggregation = 'SUM' | 'AVG';

/**
 * The tensor whose values are the centroids that the indices point to.
 *
 * With dŵ from above: dcₖ = Σ dŵᵢ over the weights i of cluster k, divided by their number for AVG; and dw = dŵ, as if
 * each weight had gone through unchanged, where `weights` are given.
 *
 * @param centroids - flat or in rows; indices count through all of them
 * @param indices - one for each element of the shape
 * @see `ClusteringAlgorithm.get_clustered_weight`,
 *   tensorflow_model_optimization/python/core/clustering/keras/clustering_algorithm.py
 * @internal
 */
export function pullCentroids(
  centroids: tf.Tensor,
  indices: Int32Array,
  shape: readonly number[],
  aggregation: GradientAggregation,
  weights?: tf.Tensor,
): tf.Tensor {
  const value = (): tf.Tensor => {
    const from = centroids.dataSync();
    const values = new Float32Array(indices.length);
    for (let i = 0; i < indices.length; i++) values[i] = from[indices[i]!]!;
    return tf.tensor(values, [...shape]);
  };
  const centroidGradient = (dy: tf.Tensor): tf.Tensor =>
    tf.tensor(
      aggregate(dy.dataSync(), indices, centroids.size, aggregation === 'AVG'),
      centroids.shape,
    );
  if (!weights) {
    return tf.customGrad(() => ({ value: value(), gradFunc: centroidGradient }))(centroids);
  }
  return tf.customGrad(() => ({
    value: value(),
    gradFunc: (dy: tf.Tensor) => [centroidGradient(dy), dy.clone()],
  }))(centroids, weights);
}

/**
 * The tensor in which each weight is the centroid nearest to it, of its channel where centroids are a channel's own.
 *
 * @param sizes - how many of the flat centroids each channel has; one number where all weights share all
 * @internal
 */
export function pullNearest(
  weights: tf.Tensor,
  centroids: tf.Tensor,
  sizes: readonly number[],
  aggregation: GradientAggregation,
): tf.Tensor {
  const indices = nearestByChannel(
    weights.dataSync() as Float32Array,
    centroids.dataSync() as Float32Array,
    sizes,
  );
  return pullCentroids(centroids, indices, weights.shape, aggregation, weights);
}

function aggregate(
  dy: ArrayLike<number>,
  indices: Int32Array,
  clusters: number,
  average: boolean,
): Float32Array {
  const sums = new Float64Array(clusters);
  for (let i = 0; i < indices.length; i++) sums[indices[i]!]! += dy[i]!;
  if (average) {
    const counts = new Float64Array(clusters);
    for (let i = 0; i < indices.length; i++) counts[indices[i]!]!++;
    for (let k = 0; k < clusters; k++) if (counts[k]! > 0) sums[k]! /= counts[k]!;
  }
  return Float32Array.from(sums);
}
