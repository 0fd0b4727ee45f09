/**
 * The signal-to-quantization-noise ratio, 10 log₁₀(Σ w² / Σ (w − ŵ)²).
 *
 * @param weights the weights before quantization, any length above 0
 * @param restored the weights after it, as many
 * @returns decibels, larger for a better likeness; Infinity without noise, NaN if either side has one
 */
export function sqnr(weights: Float32Array, restored: Float32Array): number {
  requireSameLength(weights, restored);
  return 0; // Replace: every likeness still counts as no better than noise.
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

console.log(sqnr(new Float32Array([3, -4]), new Float32Array([3, -3.5])), 'dB (20 expected)');
