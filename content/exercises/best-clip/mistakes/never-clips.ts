/**
 * Ends the rule at the largest weight.
 *
 * @fails bell
 * @advice This is the rule of section 1.3: it clips nothing, and the largest weight sets the scale for all. Try the smaller clips too, and keep the one whose mean squared error is least.
 */
export interface Clip {
  clip: number;
  mse: number;
}

const CANDIDATES = 100;

export function bestClip(weights: Float32Array, bits: number): Clip {
  const largest = requireLargest(weights);
  let best: Clip = { clip: largest, mse: Infinity };
  for (let k = CANDIDATES; k <= CANDIDATES; k++) {
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
