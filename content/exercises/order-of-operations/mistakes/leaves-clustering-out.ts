/**
 * Prunes and rounds, and trusts that few bits mean few values.
 *
 * @fails values
 * @advice You have left the clustering out. With $b$ bits there can be as many as $2^b - 1$ values, and you have used most of them.
 */
import { numerics, sparsity } from 'heavy-weights';

export interface Order {
  sparsity: number;
  values: number;
  bits: number;
}

export function squeeze(weights: Float32Array, order: Order): Float32Array {
  const pruned = prune(weights, order.sparsity);
  return toGrid(pruned, order.bits);
}

/** The smallest weights set to 0. */
function prune(weights: Float32Array, share: number): Float32Array {
  const mask = sparsity.magnitudeMask(weights, share).mask.dataSync();
  return weights.map((weight, i) => weight * mask[i]!);
}

/** Each weight rounded to a whole multiple of one scale. */
function toGrid(weights: Float32Array, bits: number): Float32Array {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  return numerics.dequantize(numerics.quantize(weights, params), params);
}
