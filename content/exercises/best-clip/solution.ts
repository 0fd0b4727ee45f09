/** A clip, and what it costs. */
export interface Clip {
  /** Where the rule ends, in the unit of the weights. */
  clip: number;
  /** Mean squared error over all the weights, in that unit squared. */
  mse: number;
}

const CANDIDATES = 100;

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
  let best: Clip = { clip: largest, mse: Infinity };
  for (let k = 1; k <= CANDIDATES; k++) {
    const clip = (largest * k) / CANDIDATES;
    const mse = meanSquaredError(weights, clip, bits);
    if (mse < best.mse) best = { clip, mse };
  }
  return best;
}

function meanSquaredError(weights: Float32Array, clip: number, bits: number): number {
  const last = 2 ** (bits - 1) - 1;
  const scale = clip / last;
  let sum = 0;
  for (const weight of weights) {
    const code = Math.min(last, Math.max(-last, Math.round(weight / scale)));
    sum += (weight - scale * code) ** 2;
  }
  return sum / weights.length;
}

function requireLargest(weights: Float32Array): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  if (largest === 0) throw new RangeError('weights must hold a number other than zero.');
  return largest;
}
