/**
 * Uses the factor of amplitudes on a ratio of powers.
 *
 * @fails decibels
 * @advice Your figures are exactly twice too large. The factor 20 is for a ratio of amplitudes;
 *   sums of squares are powers, and their factor is 10. With 20, one more bit would seem to be
 *   worth twelve decibels instead of six.
 */
export function sqnr(weights: Float32Array, restored: Float32Array): number {
  requireSameLength(weights, restored);
  let signal = 0;
  let noise = 0;
  for (const [i, weight] of weights.entries()) {
    const error = weight - (restored[i] ?? NaN);
    signal += weight ** 2;
    noise += error ** 2;
  }
  if (noise === 0) return Infinity;
  return 20 * Math.log10(signal / noise);
}

function requireSameLength(weights: Float32Array, restored: Float32Array): void {
  if (weights.length === 0)
    throw new RangeError('weights must hold at least one weight; it is empty.');
  if (weights.length !== restored.length) {
    throw new RangeError(
      `restored must be as long as weights, ${weights.length}; it has ${restored.length} elements.`,
    );
  }
}
