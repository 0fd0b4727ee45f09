import type { ByteReader } from './byte-stream.ts';
import { readHuffman } from './decode-huffman.ts';
import { huffmanBytes } from './encode-huffman.ts';
import { bitWidth, packedLength, packUnchecked, paddingIsSet, unpackInto } from './pack-bits.ts';

/** How small integers are written: all in as many bits, or as a Huffman code; the shorter of the two if that may be. */
export type StreamCoding = 'fixed' | 'huffman' | 'shortest';

/** Small integers as bytes. */
export interface CodedStream {
  /** The first byte is the bits of each integer, or 0 for a Huffman code. */
  bytes: Uint8Array<ArrayBuffer>;
  coding: 'fixed' | 'huffman';
  /** Bits of the integers alone, on average. */
  bitsEach: number;
  /** Bytes of the Huffman table; 0 for a fixed width. */
  tableBytes: number;
}

/** Writes integers 0 … max. @internal */
export function codeStream(
  values: Uint16Array,
  max: number,
  coding: StreamCoding = 'shortest',
): CodedStream {
  const fixed = coding === 'huffman' ? undefined : fixedStream(values, bitWidth(max));
  if (coding === 'fixed') return fixed!;
  const { bytes, tableBytes, payloadBits } = huffmanBytes(values);
  if (fixed && fixed.bytes.length <= bytes.length + 1) return fixed;
  return {
    bytes: prefixed(0, bytes),
    coding: 'huffman',
    bitsEach: values.length > 0 ? payloadBits / values.length : 0,
    tableBytes,
  };
}

function fixedStream(values: Uint16Array, bits: number): CodedStream {
  const bytes = prefixed(bits, packUnchecked(values, bits));
  return { bytes, coding: 'fixed', bitsEach: values.length > 0 ? bits : 0, tableBytes: 0 };
}

function prefixed(first: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length + 1);
  all[0] = first;
  all.set(bytes, 1);
  return all;
}

/**
 * Reads so many integers 0 … max.
 *
 * @throws ReaderError of the reader's kind
 * @internal
 */
export function readStream(
  reader: ByteReader,
  count: number,
  max: number,
  what: string,
): Uint16Array<ArrayBuffer> {
  const bits = reader.byte(what);
  if (bits > 16) throw reader.invalid(`${what} are written in a way that is not known.`);
  const values = bits === 0 ? readHuffman(reader, count) : readFixed(reader, count, bits, what);
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > max) throw reader.invalid(`One of ${what} is ${values[i]}, beyond ${max}.`);
  }
  return values;
}

function readFixed(
  reader: ByteReader,
  count: number,
  bits: number,
  what: string,
): Uint16Array<ArrayBuffer> {
  const packed = reader.take(packedLength(count, bits), what);
  if (paddingIsSet(packed, bits, count)) throw reader.invalid(`The bits after ${what} are not 0.`);
  const values = new Uint16Array(count);
  unpackInto(values, packed, bits);
  return values;
}
