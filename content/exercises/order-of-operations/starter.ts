import { clustering, numerics, sparsity } from 'heavy-weights';

/** What is asked for. */
export interface Order {
  /** Share of the weights that are to be 0, from 0 to 0.95. */
  sparsity: number;
  /** How many different numbers there may be, 0 among them: 3 to 64. */
  values: number;
  /** Of the integers, 4 to 8. */
  bits: number;
}

/**
 * The weights pruned, clustered and quantized, so that all three can be found in the result.
 *
 * @param weights 100 finite numbers or more
 * @param order how many zeros, how many values, how many bits
 * @returns as many numbers, to be put in the place of the weights
 */
export function squeeze(weights: Float32Array, order: Order): Float32Array {
  const rounded = toGrid(weights, order.bits);
  const clustered = cluster(rounded, order.values);
  return prune(clustered, order.sparsity);
}

/** The smallest weights set to 0; those that tie with the smallest kept one stay. */
function prune(weights: Float32Array, share: number): Float32Array {
  const mask = sparsity.magnitudeMask(weights, share).mask.dataSync();
  return weights.map((weight, i) => weight * mask[i]!);
}

/** Each weight replaced by the nearest of a few values. */
function cluster(weights: Float32Array, values: number): Float32Array {
  const { centroids, indices } = clustering.kMeans(weights, { numberOfClusters: values });
  return Float32Array.from(indices, (index) => centroids[index]!);
}

/** Each weight rounded to a whole multiple of one scale. */
function toGrid(weights: Float32Array, bits: number): Float32Array {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  return numerics.dequantize(numerics.quantize(weights, params), params);
}

const weights = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i * i) ** 3);
const result = squeeze(weights, { sparsity: 0.8, values: 8, bits: 8 });
console.log(result.filter((weight) => weight === 0).length, 'zeros (160 at least)');
console.log(new Set(result).size, 'values (8 at most)');
