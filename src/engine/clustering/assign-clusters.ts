import { nearestIndices } from './nearest-centroid.ts';
import { readWeights, type Weights } from './weights.ts';

/**
 * Gives for each weight the index of the centroid that is nearest to it; of equally near ones the first.
 *
 * iⱼ = argminₖ |wⱼ − cₖ|. The centroids need not be sorted. Between neighbours that are sorted there is one threshold;
 * each weight looks up how many it has passed, so that 400,000 weights take some milliseconds for any number of centroids.
 *
 * @param weights - N weights: a typed array, an array of numbers, or a tensor of any shape
 * @param centroids - one or more numbers, in the same forms
 * @returns N indices, of the weights in row-major order
 * @throws ReaderError `array-empty`, `value-not-finite`, `array-nested`, `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { clustering } from 'heavy-weights';
 *
 * const indices = clustering.assignClusters([-0.9, 0.2, 0.5, 3], [1, -1, 0]);
 * console.log(Array.from(indices).join(' ')); // 1 2 0 0
 * ```
 * @see `ClusteringAlgorithm.get_pulling_indices`,
 *   tensorflow_model_optimization/python/core/clustering/keras/clustering_algorithm.py
 */
export function assignClusters(weights: Weights, centroids: Weights): Int32Array {
  const values = readWeights('weights', weights);
  const indices = new Int32Array(values.length);
  nearestIndices(values, readWeights('centroids', centroids), indices);
  return indices;
}
