import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray, requireInteger } from '../numerics/arguments.ts';
import { requireBytes } from './byte-stream.ts';

/**
 * Packs unsigned integers of a few bits each, one behind the other, the lowest bit first.
 *
 * Value i takes the bits i·b … i·b + b − 1 of the stream, and bit j of the stream is bit j mod 8 of byte ⌊j/8⌋. Bits
 * after the last value are 0. With 4 bits this is the layout of packInt4, for unsigned numbers.
 *
 * @param values - n integers 0 … 2^bits − 1, n ≥ 1
 * @param bits - b, from 1 to 16
 * @returns ⌈n·b/8⌉ bytes
 * @throws ReaderError `not-an-integer-in-range` naming the index (or `bits`), `array-empty`, `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const packed = compression.packBits([1, 2, 3, 4], 3); // 100 011 010 001, read from the right
 * console.log(packed); // Uint8Array(2) [ 209, 8 ]
 * console.log(compression.unpackBits(packed, 3, 4)); // Uint8Array(4) [ 1, 2, 3, 4 ]
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, section 3: an index of log2(k) bits for each weight
 */
export function packBits(values: ArrayLike<number>, bits: number): Uint8Array<ArrayBuffer> {
  requireInteger('bits', bits, 1, 16);
  requireArray('values', values);
  const max = 2 ** bits - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if ((value & max) !== value) requireInteger(`values[${i}]`, value, 0, max);
  }
  return packUnchecked(values, bits);
}

/**
 * Unpacks unsigned integers that {@link packBits} packed.
 *
 * @param bytes - the packed bytes
 * @param bits - how many each value takes, from 1 to 16
 * @param count - how many values there are: ⌈count·bits/8⌉ must be the number of bytes
 * @returns `count` integers 0 … 2^bits − 1, as Uint8Array up to 8 bits, Uint16Array beyond
 * @throws ReaderError `packed-length-differs`, `packed-padding-not-zero`, `not-bytes`, `not-an-integer-in-range`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * console.log(compression.unpackBits(new Uint8Array([209, 8]), 3, 4)); // Uint8Array(4) [ 1, 2, 3, 4 ]
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, section 3
 */
export function unpackBits(
  bytes: Uint8Array,
  bits: number,
  count: number,
): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  requireInteger('bits', bits, 1, 16);
  requireBytes('bytes', bytes);
  if (!Number.isInteger(count) || count < 0 || packedLength(count, bits) !== bytes.length) {
    const most = Math.floor((8 * bytes.length) / bits);
    throw new ReaderError({
      code: 'packed-length-differs',
      explain: `count must be the number of values that fill ${bytes.length} bytes at ${bits} bits each, ${most} at most; it is ${describe(count)}.`,
      hint: 'Pass the number of values that were packed, and the bits that they were packed with.',
    });
  }
  if (paddingIsSet(bytes, bits, count)) {
    throw new ReaderError({
      code: 'packed-padding-not-zero',
      explain: `The bits after the last of ${count} values are not 0.`,
      hint: 'Look whether bits and count are those that the values were packed with.',
    });
  }
  return unpackUnchecked(bytes, bits, count);
}

/** Bytes that `count` values take. @internal */
export function packedLength(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}

/** Bits that every integer 0 … max fits in, 1 at least. @internal */
export function bitWidth(max: number): number {
  return Math.max(1, 32 - Math.clz32(max));
}

/** Whether a bit after the last value is set. @internal */
export function paddingIsSet(bytes: Uint8Array, bits: number, count: number): boolean {
  const used = (count * bits) % 8;
  return used > 0 && bytes.at(-1)! >> used > 0;
}

/** As {@link packBits}, for values known to fit; up to 24 bits. @internal */
export function packUnchecked(values: ArrayLike<number>, bits: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(packedLength(values.length, bits));
  let at = 0;
  let buffer = 0;
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    // At most 7 bits are held over, so that 24 more fit an int32.
    buffer |= values[i]! << held;
    held += bits;
    while (held >= 8) {
      bytes[at++] = buffer;
      buffer >>>= 8;
      held -= 8;
    }
  }
  if (held > 0) bytes[at] = buffer;
  return bytes;
}

/** As {@link unpackBits}, for bytes known to suffice; up to 24 bits. @internal */
export function unpackUnchecked(
  bytes: Uint8Array,
  bits: number,
  count: number,
): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const values = bits <= 8 ? new Uint8Array(count) : new Uint16Array(count);
  unpackInto(values, bytes, bits);
  return values;
}

/** Fills an array with packed values, up to 24 bits each. @internal */
export function unpackInto(
  values: Uint8Array | Uint16Array | Uint32Array,
  bytes: Uint8Array,
  bits: number,
): void {
  const mask = 2 ** bits - 1;
  let at = 0;
  let buffer = 0;
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    while (held < bits) {
      buffer |= bytes[at++]! << held;
      held += 8;
    }
    values[i] = buffer & mask;
    buffer >>>= bits;
    held -= bits;
  }
}
