/** A clip, and what it costs. */
export interface Clip {
  /** Where the rule ends, in the unit of the weights. */
  clip: number;
  /** Mean squared error over all the weights, in that unit squared. */
  mse: number;
}

/**
 * The end of a symmetric rule that leaves the least mean squared error.
 *
 * @param weights any finite numbers, not all zero
 * @param bits 2 … 8
 * @returns the best of the clips 1%, 2%, … 100% of the largest size, and its error
 * @throws RangeError if there is no weight other than zero
 */
export function bestClip(weights: Float32Array, bits: number): Clip {
  const largest = requireLargest(weights);
  const last = 2 ** (bits - 1) - 1; // the last notch
  return { clip: largest, mse: last }; // Replace: nothing has been tried yet.
}

function requireLargest(weights: Float32Array): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  if (largest === 0) throw new RangeError('weights must hold a number other than zero.');
  return largest;
}

console.log(
  bestClip(new Float32Array([0.5, -0.3, 0.3, 0.25, -0.2, 0.2, -0.15, 0.1, -0.1, 0.05]), 4),
  '(clip 0.495 expected)',
);
