import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray, requireInteger } from './arguments.ts';

/**
 * Packs 4-bit integers two to a byte, the earlier one in the low nibble.
 *
 * byte[i] = (v[2i] & 15) | ((v[2i+1] & 15) << 4); negative values in two's complement. After an odd
 * number of values the last high nibble is 0.
 *
 * @param values - n integers −8 … 7, n ≥ 1
 * @returns ⌈n/2⌉ bytes
 * @throws ReaderError `not-an-integer-in-range` naming the index, `array-empty` or `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.packInt4([1, -1, 7])); // Uint8Array(2) [ 241, 7 ]
 * ```
 * @see `PackInt4ValuesDensely`, tensorflow/compiler/mlir/lite/quantization
 */
export function packInt4(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  requireArray('values', values);
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // The name is put together only for the message: this loop runs over whole layers.
    if (!(value >= -8 && value <= 7 && (value | 0) === value)) {
      requireInteger(`values[${i}]`, value, -8, 7);
    }
    bytes[i >> 1]! |= (value & 0xf) << ((i & 1) * 4);
  }
  return bytes;
}

/**
 * Unpacks 4-bit integers that were packed two to a byte, low nibble first.
 *
 * v[2i] = sign-extended low nibble of byte[i], v[2i+1] = its high nibble: the inverse of {@link packInt4}.
 *
 * @param bytes - the packed bytes, as Uint8Array, Int8Array or numbers −128 … 255
 * @param length - how many integers to read: 2·bytes or one less
 * @returns `length` integers −8 … 7
 * @throws ReaderError `packed-length-differs` when `length` integers do not fill the bytes;
 *   `not-an-integer-in-range`, `array-empty` or `not-an-array-of-numbers` for the bytes
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.unpackInt4(new Uint8Array([241, 7]), 3)); // Int8Array(3) [ 1, -1, 7 ]
 * ```
 * @see `UnpackDenseInt4IntoInt8`, tensorflow/lite/kernels/internal/portable_tensor_utils.cc
 */
export function unpackInt4(bytes: ArrayLike<number>, length: number): Int8Array<ArrayBuffer> {
  requireArray('bytes', bytes);
  if (!Number.isInteger(length) || Math.ceil(length / 2) !== bytes.length) {
    throw new ReaderError({
      code: 'packed-length-differs',
      explain: `length must be ${bytes.length * 2} or ${bytes.length * 2 - 1}, for ${bytes.length} bytes hold two integers each; it is ${describe(length)}.`,
      hint: 'Pass the number of values that were packed; the bytes alone do not tell an odd number.',
    });
  }
  const values = new Int8Array(length);
  for (let i = 0; i < length; i++) {
    const byte = bytes[i >> 1]!;
    if (!(byte >= -128 && byte <= 255 && (byte | 0) === byte)) {
      requireInteger(`bytes[${i >> 1}]`, byte, -128, 255);
    }
    // The nibble goes to the top of an int32, and the arithmetic shift brings its sign down with it.
    values[i] = (byte << (28 - (i & 1) * 4)) >> 28;
  }
  return values;
}
