/**
 * Spreads the layer between its smallest and largest weight, as an asymmetric grid would.
 *
 * @fails scale
 * @advice You divided the width of the layer, from smallest to largest weight, by 255. That is
 *   the scale of an asymmetric grid, which needs a zero point to say where zero lies. This grid
 *   has zero at its centre: it must reach the largest |weight| with 127 steps, whichever side
 *   that weight is on.
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  let smallest = 0;
  let largest = 0;
  for (const weight of weights) {
    smallest = Math.min(smallest, weight);
    largest = Math.max(largest, weight);
  }
  return largest === smallest ? 1 : (largest - smallest) / 255;
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
