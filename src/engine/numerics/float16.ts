import { requireArray, requireInteger, toFloat32 } from './arguments.ts';

/** The largest finite float16: (2 − 2⁻¹⁰)·2¹⁵. */
const LARGEST = 65504;

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/** The power of two that a float16 near `magnitude` starts from: −14 for the subnormal ones. */
function exponentOf(magnitude: number): number {
  scratch[0] = magnitude;
  return Math.max((scratchBits[0]! >>> 23) - 127, -14);
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

function encodeOne(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.min(Math.abs(value), LARGEST);
  const exponent = exponentOf(magnitude);
  // The spacing of float16 numbers here is 2^(exponent − 10): a power of two, so the division is exact.
  const steps = roundHalfEven(magnitude / 2 ** (exponent - 10));
  // `steps` is 1024 … 2048 for a normal number; its leading bit, added, raises the exponent field by one.
  return sign | (((exponent + 14) << 10) + steps);
}

function decodeOne(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * Codes numbers as IEEE 754 half precision: 1 sign bit, 5 of exponent, 10 of fraction.
 *
 * x = (−1)^s · 2^(e−15) · (1 + f/1024), or (−1)^s · f · 2⁻²⁴ when e = 0. Rounds to nearest, ties to even.
 * Beyond ±65504 it clamps, as the TFLite converter does, where IEEE would give infinity.
 *
 * @param values - finite numbers, read as float32
 * @returns the 16 bits of each
 * @throws ReaderError `value-not-finite`, `array-empty`, `not-an-array-of-numbers` or `value-outside-float32`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const bits = numerics.encodeFloat16([1, -2, 65505]);
 * console.log(Array.from(bits, (b) => b.toString(16))); // [ '3c00', 'c000', '7bff' ]
 * ```
 * @see IEEE Std 754-2019, section 3.6 (binary16); `QuantizeTensorFloat16`,
 *   tensorflow/lite/tools/optimize/quantization_utils.cc
 */
export function encodeFloat16(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(toFloat32('values', values), encodeOne);
}

/**
 * Reads the bits of half-precision numbers.
 *
 * The inverse of {@link encodeFloat16}; every float16 is a float32, so nothing is lost.
 *
 * @param bits - integers 0 … 65535
 * @returns the numbers; exponent 31 stands for ±Infinity and NaN
 * @throws ReaderError `array-empty`, `not-an-array-of-numbers`, or `not-an-integer-in-range` naming the index
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.decodeFloat16([0x3c00, 0x0001])); // Float32Array(2) [ 1, 5.960464477539063e-8 ]
 * ```
 * @see IEEE Std 754-2019, section 3.6 (binary16)
 */
export function decodeFloat16(bits: ArrayLike<number>): Float32Array<ArrayBuffer> {
  requireArray('bits', bits);
  return Float32Array.from(bits, (word, i) => {
    requireInteger(`bits[${i}]`, word, 0, 0xffff);
    return decodeOne(word);
  });
}

/**
 * Gives what is left of numbers that were stored as float16: the nearest half-precision number of each.
 *
 * Eleven significant bits: a relative error of at most 2⁻¹¹ from 6.1e-5 up to 65504, beyond which it clamps.
 *
 * @param values - finite numbers, read as float32
 * @returns float32 numbers that float16 holds exactly
 * @throws ReaderError as {@link encodeFloat16}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.toFloat16([0.1, 2049, 99999])); // Float32Array(3) [ 0.0999755859375, 2048, 65504 ]
 * ```
 * @see `QuantizeTensorFloat16`, tensorflow/lite/tools/optimize/quantization_utils.cc
 */
export function toFloat16(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(toFloat32('values', values), (value) => decodeOne(encodeOne(value)));
}
