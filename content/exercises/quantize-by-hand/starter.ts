/**
 * The step of a symmetric eight-bit grid: the largest |w| lands on code 127.
 *
 * @param weights one layer, any length above 0, finite
 * @returns a positive number, in the unit of the weights; 1 for a layer of zeros
 */
export function chooseScale(weights: Float32Array): number {
  requireWeights(weights);
  return 1; // Replace: how much weight is one step worth?
}

/**
 * The codes of the weights: nearest step, halves away from zero, held within −127 … 127.
 *
 * @param weights one layer, any length above 0, finite
 * @param scale positive and finite
 * @returns one code a weight
 */
export function quantize(weights: Float32Array, scale: number): Int8Array {
  requireWeights(weights);
  requireScale(scale);
  return new Int8Array(weights.length); // Replace: every weight still gets code 0.
}

/**
 * The weights that the codes stand for.
 *
 * @param codes from −127 to 127
 * @param scale positive and finite
 * @returns one weight a code
 */
export function dequantize(codes: Int8Array, scale: number): Float32Array {
  requireScale(scale);
  return new Float32Array(codes.length); // Replace: every code still means 0.
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

const weights = new Float32Array([0.5, -1.27, 0.004, 0.3]);
const scale = chooseScale(weights);
const codes = quantize(weights, scale);
console.log('scale', scale, 'codes', codes, 'restored', dequantize(codes, scale));
