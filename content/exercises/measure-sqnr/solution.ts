/**
 * The signal-to-quantization-noise ratio, 10 log₁₀(Σ w² / Σ (w − ŵ)²).
 *
 * @param weights the weights before quantization, any length above 0
 * @param restored the weights after it, as many
 * @returns decibels, larger for a better likeness; Infinity without noise, NaN if either side has one
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
  // Before the division: a layer of zeros, kept exactly, would give 0 / 0.
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
