/** Where the gradients of a fake quantization go. */
export interface Gradients {
  /** As long as the values that went in. */
  dx: Float32Array;
  dMin: number;
  dMax: number;
}

/**
 * The gradients of a fake quantization, straight through.
 *
 * @param x the values that went in
 * @param upstream as many gradients, at the values that came out
 * @param min lower end of the range that was asked for, at most 0
 * @param max upper end, at least 0 and at least a thousandth above `min`
 * @param numBits a whole number from 2 to 8
 * @returns the gradients by `x`, `min` and `max`
 * @throws RangeError if `upstream` is not as long as `x`
 */
export function fakeQuantGradient(
  x: Float32Array,
  upstream: Float32Array,
  min: number,
  max: number,
  numBits: number,
): Gradients {
  const scale = (max - min) / (2 ** numBits - 1);
  // Where does the nudged range begin and end? And to whom goes what lies outside it?
  return { dx: Float32Array.from(upstream), dMin: scale, dMax: 0 * x.length };
}

const x = Float32Array.of(-10.1, -10, 0, 53.75, 54);
const upstream = Float32Array.of(5, 4, 3, 2, 1);
const { dx, dMin, dMax } = fakeQuantGradient(x, upstream, -10, 53.75, 8);
console.log(Array.from(dx), dMin, dMax, '(0, 4, 3, 2, 0, then 5 and 1 expected)');
