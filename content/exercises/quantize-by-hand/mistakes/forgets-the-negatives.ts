/**
 * Takes the scale from the largest weight instead of the largest |weight|.
 *
 * @fails scale
 * @advice Your scale comes from the largest weight; it must come from the largest |weight|. In a
 *   layer that runs from −1.27 to 0.3 your grid ends at −0.3, and everything below it is held
 *   there: that is saturation, and it falls on the largest weights of the layer.
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, weight);
  return largest === 0 ? 1 : largest / 127;
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
