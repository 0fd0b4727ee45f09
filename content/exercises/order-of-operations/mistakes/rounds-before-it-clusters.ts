/**
 * Rounds to the grid and clusters afterwards.
 *
 * @fails grid
 * @advice You round and then cluster, and a mean of whole multiples is seldom a whole multiple: your values have left the grid. Whatever moves a weight must come before the rounding.
 */
import { clustering, numerics, sparsity } from 'heavy-weights';

export interface Order {
  sparsity: number;
  values: number;
  bits: number;
}

export function squeeze(weights: Float32Array, order: Order): Float32Array {
  const pruned = prune(weights, order.sparsity);
  const rounded = toGrid(pruned, order.bits);
  return cluster(rounded, order.values, true);
}

/** The smallest weights set to 0. */
function prune(weights: Float32Array, share: number): Float32Array {
  const mask = sparsity.magnitudeMask(weights, share).mask.dataSync();
  return weights.map((weight, i) => weight * mask[i]!);
}

/** Each weight replaced by the nearest of a few values; what is 0 stays 0 if it is asked. */
function cluster(weights: Float32Array, values: number, preserveSparsity: boolean): Float32Array {
  const options = { numberOfClusters: values, preserveSparsity };
  const { centroids, indices } = clustering.kMeans(weights, options);
  return Float32Array.from(indices, (index) => centroids[index]!);
}

/** Each weight rounded to a whole multiple of one scale. */
function toGrid(weights: Float32Array, bits: number): Float32Array {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  return numerics.dequantize(numerics.quantize(weights, params), params);
}
