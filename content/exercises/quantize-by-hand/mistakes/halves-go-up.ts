/**
 * Trusts Math.round with negative halves.
 *
 * @fails halves
 * @advice Your positive halves are right and your negative halves are not: Math.round moves
 *   every half up, so −2.5 becomes −2. A rule that treats the two sides alike rounds the size
 *   and puts the sign back: Math.sign(x) * Math.round(Math.abs(x)).
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return largest === 0 ? 1 : largest / 127;
}

export function quantize(weights: Float32Array, scale: number): Int8Array {
  requireWeights(weights);
  requireScale(scale);
  return Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
}

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
