/**
 * Takes the square roots first, and keeps the factor of powers.
 *
 * @fails decibels
 * @advice Your figures are exactly half of what they should be. You took square roots, which
 *   makes amplitudes of the powers, and kept the factor 10 of powers. Leave the squares as they
 *   are, or use 20 with the roots.
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
  return 10 * Math.log10(Math.sqrt(signal) / Math.sqrt(noise));
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
