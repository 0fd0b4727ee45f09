/**
 * Uses Math.log, which is the natural logarithm.
 *
 * @fails decibels
 * @advice Math.log is the natural logarithm, and your figures are 2.303 times too large. A
 *   decibel is a tenth of a power of ten: use Math.log10.
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
  return 10 * Math.log(signal / noise);
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
