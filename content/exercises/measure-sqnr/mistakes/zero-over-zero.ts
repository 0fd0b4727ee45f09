/**
 * Divides without a look at the noise.
 *
 * @fails no-noise
 * @advice Your formula is right, but a layer of zeros that is kept exactly comes out as NaN:
 *   with no signal and no noise you divide 0 by 0. If there is no noise the likeness is perfect:
 *   return Infinity before you divide.
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
