/**
 * Adds up sizes instead of squares.
 *
 * @fails decibels
 * @advice You added up |w| and |w − ŵ| without squaring them. Decibels compare powers, and power
 *   goes with the square: an error twice as large counts four times.
 */
export function sqnr(weights: Float32Array, restored: Float32Array): number {
  requireSameLength(weights, restored);
  let signal = 0;
  let noise = 0;
  for (const [i, weight] of weights.entries()) {
    signal += Math.abs(weight);
    noise += Math.abs(weight - (restored[i] ?? NaN));
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
