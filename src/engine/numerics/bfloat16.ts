import { requireArray, requireInteger, toFloat32 } from './arguments.ts';

/** The bits of float32 numbers, without a copy. */
function bitsOf(floats: Float32Array): Uint32Array {
  return new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
}

/** Keeps the upper half of a float32: adding just under half a step, or half of it to an odd upper half, rounds ties to even. */
function roundedUpperHalf(bits: number): number {
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/**
 * Codes numbers as bfloat16: the upper 16 bits of a float32, which are its sign, its 8 bits of exponent
 * and 7 of its 23 bits of fraction.
 *
 * x = (−1)^s · 2^(e−127) · (1 + f/128). Rounds to nearest, ties to even. It reaches as far as float32;
 * only what lies beyond 3.396e38 rounds to infinity.
 *
 * @param values - finite numbers, read as float32
 * @returns the 16 bits of each
 * @throws ReaderError `value-not-finite`, `array-empty`, `not-an-array-of-numbers` or `value-outside-float32`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const bits = numerics.encodeBfloat16([1, -2]);
 * console.log(Array.from(bits, (b) => b.toString(16))); // [ '3f80', 'c000' ]
 * ```
 * @see D. Kalamkar et al., "A Study of BFLOAT16 for Deep Learning Training", arXiv 1905.12322;
 *   `tf.bfloat16`
 */
export function encodeBfloat16(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(bitsOf(toFloat32('values', values)), roundedUpperHalf);
}

/**
 * Reads the bits of bfloat16 numbers: they become the upper half of a float32, over zeros.
 *
 * The inverse of {@link encodeBfloat16}; every bfloat16 is a float32, so nothing is lost.
 *
 * @param bits - integers 0 … 65535
 * @returns the numbers; exponent 255 stands for ±Infinity and NaN
 * @throws ReaderError `array-empty`, `not-an-array-of-numbers`, or `not-an-integer-in-range` naming the index
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.decodeBfloat16([0x3f80, 0xc049])); // Float32Array(2) [ 1, -3.140625 ]
 * ```
 * @see D. Kalamkar et al., "A Study of BFLOAT16 for Deep Learning Training", arXiv 1905.12322
 */
export function decodeBfloat16(bits: ArrayLike<number>): Float32Array<ArrayBuffer> {
  requireArray('bits', bits);
  const words = Uint32Array.from(bits, (word, i) => {
    requireInteger(`bits[${i}]`, word, 0, 0xffff);
    return word << 16;
  });
  return new Float32Array<ArrayBuffer>(words.buffer);
}

/**
 * Gives what is left of numbers that were stored as bfloat16: the nearest bfloat16 of each.
 *
 * Eight significant bits: a relative error of at most 2⁻⁸, over the whole reach of float32.
 *
 * @param values - finite numbers, read as float32
 * @returns float32 numbers that bfloat16 holds exactly
 * @throws ReaderError as {@link encodeBfloat16}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.toBfloat16([0.1, 257, 99999])); // Float32Array(3) [ 0.10009765625, 256, 99840 ]
 * ```
 * @see D. Kalamkar et al., "A Study of BFLOAT16 for Deep Learning Training", arXiv 1905.12322
 */
export function toBfloat16(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return decodeBfloat16(encodeBfloat16(values));
}
