/**
 * The step of a symmetric eight-bit grid, s = max|w| / 127: the weight farthest from zero, on either
 * side, lands exactly on the last code.
 *
 * @param weights one layer, any length above 0, finite
 * @returns a positive number, in the unit of the weights; 1 for a layer of zeros, which fits any grid
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return largest === 0 ? 1 : largest / 127;
}

/**
 * The codes of the weights, q = clamp(round(w / s), −127, 127), halves rounded away from zero.
 *
 * @param weights one layer, any length above 0, finite
 * @param scale positive and finite
 * @returns one code a weight
 */
export function quantize(weights: Float32Array, scale: number): Int8Array {
  requireWeights(weights);
  requireScale(scale);
  return Int8Array.from(weights, (weight) => {
    const steps = weight / scale;
    // Math.round moves halves up, so −2.5 would become −2: round the size, then put the sign back.
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    // Before it is stored: an Int8Array would keep the low eight bits of 200 and read them as −56.
    return Math.max(-127, Math.min(127, nearest));
  });
}

/**
 * The weights that the codes stand for, ŵ = s · q.
 *
 * @param codes from −127 to 127
 * @param scale positive and finite
 * @returns one weight a code, within s / 2 of the original unless that was held at an end
 */
export function dequantize(codes: Int8Array, scale: number): Float32Array {
  requireScale(scale);
  return Float32Array.from(codes, (code) => code * scale);
}

function requireWeights(weights: Float32Array): void {
  if (weights.length === 0)
    throw new RangeError('weights must hold at least one weight; it is empty.');
  const index = weights.findIndex((weight) => !Number.isFinite(weight));
  if (index >= 0)
    throw new RangeError(`weights must be finite; weights[${index}] is ${weights[index]}.`);
}

function requireScale(scale: number): void {
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`scale must be positive and finite; it is ${scale}.`);
  }
}
