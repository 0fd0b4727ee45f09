import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray, requireInteger, toFloat32 } from './arguments.ts';

/** e4m3: 4 bits of exponent and 3 of fraction; e5m2: 5 and 2. */
export type Float8Format = 'e4m3' | 'e5m2';

interface Layout {
  fractionBits: number;
  bias: number;
  largest: number;
}

const LAYOUTS: Record<Float8Format, Layout> = {
  e4m3: { fractionBits: 3, bias: 7, largest: 448 },
  e5m2: { fractionBits: 2, bias: 15, largest: 57344 },
};

function layoutOf(format: Float8Format): Layout {
  if (Object.hasOwn(LAYOUTS, format)) return LAYOUTS[format];
  throw new ReaderError({
    code: 'format-unknown',
    explain: `format must be 'e4m3' or 'e5m2'; it is ${describe(format)}.`,
  });
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

function encodeOne(value: number, { fractionBits, bias, largest }: Layout): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(value), largest);
  const least = 1 - bias;
  const exponent =
    magnitude === 0 ? least : Math.max(least, Math.floor(Math.log2(magnitude) + 1e-12));
  // The logarithm may be off by one at a power of two; the number of steps then is, too, and carries.
  const steps = roundHalfEven(magnitude / 2 ** (exponent - fractionBits));
  return sign | Math.min(((exponent - least) << fractionBits) + steps, 0x7f);
}

function decodeOne(bits: number, format: Float8Format): number {
  const { fractionBits, bias } = LAYOUTS[format];
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = bits & (2 ** fractionBits - 1);
  if (format === 'e4m3' && (bits & 0x7f) === 0x7f) return NaN;
  if (format === 'e5m2' && exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - fractionBits);
  return sign * (2 ** fractionBits + fraction) * 2 ** (exponent - bias - fractionBits);
}

/**
 * Codes numbers in 8 bits of floating point: 1 of sign, 4 of exponent and 3 of fraction (e4m3), or 5 and 2 (e5m2).
 *
 * x = (−1)^s · 2^(e−bias) · (1 + f/2^m), or (−1)^s · 2^(1−bias) · f/2^m when e = 0; the bias is 7 or 15. Rounds to
 * nearest, ties to even, and clamps to ±448 or ±57344.
 *
 * @param values - finite numbers, read as float32
 * @param format - 'e4m3' or 'e5m2'
 * @returns the 8 bits of each
 * @throws ReaderError `format-unknown`, `value-not-finite`, `array-empty`, `not-an-array-of-numbers` or
 *   `value-outside-float32`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.encodeFloat8([1, -448, 0.1], 'e4m3')); // Uint8Array(3) [ 56, 254, 29 ]
 * ```
 * @see Open Compute Project, "OCP 8-bit Floating Point Specification (OFP8)", rev. 1.0, 2023; P. Micikevicius et al.,
 *   arXiv:2209.05433
 */
export function encodeFloat8(
  values: ArrayLike<number>,
  format: Float8Format,
): Uint8Array<ArrayBuffer> {
  const layout = layoutOf(format);
  return Uint8Array.from(toFloat32('values', values), (value) => encodeOne(value, layout));
}

/**
 * Reads the bits of 8-bit floating-point numbers.
 *
 * The inverse of {@link encodeFloat8}. e4m3 has no infinity, and two codes for NaN.
 *
 * @param bits - integers 0 … 255
 * @param format - 'e4m3' or 'e5m2'
 * @returns the numbers
 * @throws ReaderError `format-unknown`, `array-empty`, `not-an-array-of-numbers`, or `not-an-integer-in-range` naming
 *   the index
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.decodeFloat8([0x38, 0x01, 0x7e], 'e4m3')); // Float32Array(3) [ 1, 0.001953125, 448 ]
 * ```
 * @see Open Compute Project, "OCP 8-bit Floating Point Specification (OFP8)", rev. 1.0, 2023
 */
export function decodeFloat8(
  bits: ArrayLike<number>,
  format: Float8Format,
): Float32Array<ArrayBuffer> {
  layoutOf(format);
  requireArray('bits', bits);
  return Float32Array.from(bits, (code, i) => {
    requireInteger(`bits[${i}]`, code, 0, 255);
    return decodeOne(code, format);
  });
}

/**
 * Gives what is left of numbers that were stored in 8 bits of floating point.
 *
 * Four significant bits from 2⁻⁶ to 448 (e4m3), or three from 2⁻¹⁴ to 57344 (e5m2); beyond, it clamps.
 *
 * @param values - finite numbers, read as float32
 * @param format - 'e4m3' or 'e5m2'
 * @returns float32 numbers that the format holds exactly
 * @throws ReaderError as {@link encodeFloat8}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.toFloat8([0.1, 17, 1000], 'e4m3')); // Float32Array(3) [ 0.1015625, 16, 448 ]
 * ```
 * @see P. Micikevicius et al., "FP8 Formats for Deep Learning", arXiv:2209.05433
 */
export function toFloat8(
  values: ArrayLike<number>,
  format: Float8Format,
): Float32Array<ArrayBuffer> {
  return decodeFloat8(encodeFloat8(values, format), format);
}
