/**
 * Lets the codes run past the last notch.
 *
 * @fails bell
 * @advice Your rule has no end. A smaller clip makes the notches finer, and a code that may go beyond ±Q loses nothing by it; but Q is all that b bits can write. Hold the code at ±Q, and see what the finer notches cost.
 */
export interface Clip {
  clip: number;
  mse: number;
}

const CANDIDATES = 100;

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
    const code = Math.round(weight / scale);
    sum += (weight - scale * code) ** 2;
  }
  return sum / weights.length;
}

function requireLargest(weights: Float32Array): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  if (largest === 0) throw new RangeError('weights must hold a number other than zero.');
  return largest;
}
