/**
 * Takes the power of the restored weights for that of the noise.
 *
 * @fails decibels
 * @advice You divided by the power of the restored weights. They are the signal once more, so
 *   every good likeness comes to about 0 dB. The noise is what quantization added: the
 *   difference between a weight and its restored self.
 */
export function sqnr(weights: Float32Array, restored: Float32Array): number {
  requireSameLength(weights, restored);
  let signal = 0;
  let noise = 0;
  for (const [i, weight] of weights.entries()) {
    signal += weight ** 2;
    noise += (restored[i] ?? NaN) ** 2;
  }
  if (noise === 0) return Infinity;
  return 10 * Math.log10(signal / noise);
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
