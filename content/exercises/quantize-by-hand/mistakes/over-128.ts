/**
 * Divides by 128, the number of negative codes of an int8.
 *
 * @fails scale
 * @advice You divided by 128. An int8 reaches −128 but only +127, so with that scale a largest
 *   weight that is positive would need the code 128, which does not exist. A grid with as many
 *   steps on each side of zero has 127 of them.
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return largest === 0 ? 1 : largest / 128;
}

export function quantize(weights: Float32Array, scale: number): Int8Array {
  requireWeights(weights);
  requireScale(scale);
  return Int8Array.from(weights, (weight) => {
    const steps = weight / scale;
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    return Math.max(-127, Math.min(127, nearest));
  });
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
