/**
 * Takes the largest weight for the largest size.
 *
 * @fails outlier
 * @advice You took the largest weight, and a layer may have a negative one that is larger in size. The hundred clips are parts of the largest *size* of either sign.
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
    const code = Math.min(last, Math.max(-last, Math.round(weight / scale)));
    sum += (weight - scale * code) ** 2;
  }
  return sum / weights.length;
}

function requireLargest(weights: Float32Array): number {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (largest === 0) throw new RangeError('weights must hold a number other than zero.');
  return largest;
}
