import { ByteReader, requireBytes } from './byte-stream.ts';
import { codesOf, countLengths, firstCodes, kraftSum } from './canonical-codes.ts';
import { MAX_CODE_LENGTH } from './huffman-code-lengths.ts';
import { decodeTable, symbolsIn } from './huffman-table.ts';

/** Words up to this many bits are looked up whole. */
const LOOKUP_BITS = 11;

/**
 * Reads what {@link encodeHuffman} wrote.
 *
 * Nothing is taken on trust: the table must be a complete code, no more symbols may be declared than there are bits, and
 * the bytes must end where the last word ends.
 *
 * @param bytes - `bytes` of the encoding, all of them and no more
 * @returns the symbols
 * @throws ReaderError `huffman-truncated`, `huffman-invalid`, `huffman-trailing-bytes`, `not-bytes`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const { bytes } = compression.encodeHuffman([7, 7, 0, 7]);
 * console.log(compression.decodeHuffman(bytes)); // Uint16Array(4) [ 7, 7, 0, 7 ]
 * ```
 * @see D. Hirschberg, D. Lelewer, "Efficient decoding of prefix codes", CACM 33(4), 1990
 */
export function decodeHuffman(bytes: Uint8Array): Uint16Array<ArrayBuffer> {
  requireBytes('bytes', bytes);
  const reader = new ByteReader(bytes, 'huffman');
  const symbols = readHuffman(reader);
  reader.requireEnd();
  return symbols;
}

/** A code as a decoder wants it. */
interface DecodingTable {
  /** By the next {@link LOOKUP_BITS} bits: symbol · 32 + length, or 0 where the word is longer. */
  lookup: Int32Array;
  /** Symbols in canonical order. */
  symbols: Uint16Array;
  /** By length: the first word, how many there are, and where their symbols begin. */
  first: Uint32Array;
  counts: Uint32Array;
  start: Uint32Array;
}

/**
 * Reads an encoding from where the reader stands; `expected` symbols, if that is known.
 *
 * @throws ReaderError of the reader's kind
 * @internal
 */
export function readHuffman(reader: ByteReader, expected?: number): Uint16Array<ArrayBuffer> {
  const count = reader.varint('the number of symbols');
  if (expected !== undefined && count !== expected) {
    throw reader.invalid(`${count} symbols are declared where ${expected} belong.`);
  }
  const distinct = reader.varint('the number of distinct symbols');
  if ((distinct === 0) !== (count === 0)) {
    throw reader.invalid(`${count} symbols are declared, ${distinct} of them distinct.`);
  }
  const lengths = decodeTable(reader, distinct);
  const complete = distinct === 1 ? lengths.at(-1) === 1 : kraftSum(lengths) === 1;
  if (distinct > 0 && !complete) {
    throw reader.invalid('The lengths in the Huffman table make no complete code.');
  }
  // A word takes one bit at least: a count beyond that is refused before memory is taken for it.
  if (count > 8 * reader.remaining) {
    throw reader.invalid(`${count} symbols are declared, and ${reader.remaining} bytes are left.`);
  }
  const symbols = new Uint16Array(count);
  if (count > 0) readWords(reader, decodingTable(lengths), symbols);
  return symbols;
}

function decodingTable(lengths: Uint8Array): DecodingTable {
  const counts = countLengths(lengths);
  const first = firstCodes(counts);
  const start = new Uint32Array(counts.length);
  for (let length = 1; length < counts.length; length++) {
    start[length] = start[length - 1]! + counts[length - 1]!;
  }
  const codes = codesOf(lengths);
  const symbols = new Uint16Array(symbolsIn(lengths));
  const lookup = new Int32Array(2 ** LOOKUP_BITS);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    symbols[start[length]! + codes[symbol]! - first[length]!] = symbol;
    const spare = LOOKUP_BITS - length;
    if (spare < 0) continue;
    const from = codes[symbol]! << spare;
    lookup.fill(symbol * 32 + length, from, from + 2 ** spare);
  }
  return { lookup, symbols, first, counts, start };
}

function readWords(reader: ByteReader, table: DecodingTable, out: Uint16Array): void {
  const { bytes } = reader;
  const { lookup } = table;
  const end = bytes.length;
  const mask = 2 ** LOOKUP_BITS - 1;
  let at = reader.position;
  let buffer = 0;
  let held = 0;
  let i = 0;
  const last = out.length - 1;
  for (;;) {
    // While bytes are left to fill up with: two words, both looked up.
    while (i < last && at + 1 < end) {
      if (held < 2 * LOOKUP_BITS) {
        buffer = (buffer << 8) | bytes[at++]!;
        held += 8;
        continue;
      }
      const first = lookup[(buffer >>> (held - LOOKUP_BITS)) & mask]!;
      if (first === 0) break;
      held -= first & 31;
      out[i++] = first >>> 5;
      const second = lookup[(buffer >>> (held - LOOKUP_BITS)) & mask]!;
      if (second === 0) break;
      held -= second & 31;
      out[i++] = second >>> 5;
    }
    if (i > last) break;
    // A long word, or one of the last: with care.
    while (held < MAX_CODE_LENGTH && at < end) {
      buffer = (buffer << 8) | bytes[at++]!;
      held += 8;
    }
    const spare = held - LOOKUP_BITS;
    const entry = lookup[(spare >= 0 ? buffer >>> spare : buffer << -spare) & mask]!;
    const word = entry === 0 ? longWord(reader, table, buffer, held) : entry;
    const length = word & 31;
    if (length > held) {
      reader.position = end;
      reader.take(1, 'the Huffman words');
    }
    out[i++] = word >>> 5;
    held -= length;
  }
  // Whole bytes read ahead are given back; what is left of the last one is 0.
  at -= held >> 3;
  buffer >>>= held & ~7;
  if ((buffer & (2 ** (held & 7) - 1)) !== 0) {
    throw reader.invalid('The bits after the last Huffman word are not 0.');
  }
  reader.position = at;
}

/** A word that is longer than what is looked up, as {@link DecodingTable.lookup} has it. */
function longWord(
  reader: ByteReader,
  { symbols, first, counts, start }: DecodingTable,
  buffer: number,
  held: number,
): number {
  // A symbol that is alone has the word 0, and there is no other.
  if (symbols.length === 1) throw reader.invalid('A bit pattern is no word of the code.');
  // Words of one length follow on each other: the first that is not past the last of its length is it.
  for (let length = LOOKUP_BITS + 1; length <= held; length++) {
    const word = (buffer >>> (held - length)) & (2 ** length - 1);
    const rank = word - first[length]!;
    if (rank < counts[length]!) return symbols[start[length]! + rank]! * 32 + length;
  }
  return held + 1;
}
