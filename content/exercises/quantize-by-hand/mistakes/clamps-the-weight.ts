/**
 * Holds the weight, not the code, between −127 and 127.
 *
 * @fails saturates
 * @advice You hold the weight between −127 and 127 and then divide. Those ends belong to the
 *   codes: weights of a trained layer rarely pass 1, so your clamp never acts and the Int8Array
 *   wraps the code around. Divide, round, and clamp last.
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
  return Int8Array.from(weights, (weight) => {
    const steps = Math.max(-127, Math.min(127, weight)) / scale;
    return Math.sign(steps) * Math.round(Math.abs(steps));
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
