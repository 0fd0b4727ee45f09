import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray } from '../numerics/arguments.ts';
import { ByteWriter } from './byte-stream.ts';
import { codesOf } from './canonical-codes.ts';
import { codeLengths } from './huffman-code-lengths.ts';
import { encodeTable, symbolsIn } from './huffman-table.ts';

/** The word of one symbol. */
export interface HuffmanWord {
  symbol: number;
  /** How often it occurs. */
  count: number;
  /** Its word, as a text of 0 and 1. */
  code: string;
}

/** Symbols as a canonical Huffman code. */
export interface HuffmanEncoding {
  /** Everything that {@link decodeHuffman} needs: number of symbols, table, words. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The words in canonical order: short ones first, those of one length by symbol. */
  table: HuffmanWord[];
  /** Number of symbols encoded. */
  count: number;
  /** Bytes of `bytes` that hold the table. */
  tableBytes: number;
  /** Bits of all the words together: Σ count·length. */
  payloadBits: number;
}

/**
 * Writes a sequence of symbols in words of its own Huffman code, with the table that reads them.
 *
 * The table holds the lengths of the words only, for the code is canonical ({@link canonicalCodes}); no word is longer
 * than 24 bits. `bytes` is the number of symbols, the number of distinct ones, the table and the words, the first bit of
 * a word first.
 *
 * @param symbols - integers 0 … 65,535: indices of a codebook, gaps, bytes; there may be none
 * @returns `{bytes, table, count, tableBytes, payloadBits}`
 * @throws ReaderError `symbol-not-valid` naming the index, `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const { bytes, table, payloadBits } = compression.encodeHuffman([3, 3, 3, 3, 0, 3, 1, 3]);
 * console.log(table.map(({ symbol, code }) => `${symbol}: ${code}`).join(', ')); // 3: 0, 0: 10, 1: 11
 * console.log(payloadBits, bytes.length); // 10 6
 * console.log(compression.decodeHuffman(bytes).join(' ')); // 3 3 3 3 0 3 1 3
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, section 4
 */
export function encodeHuffman(symbols: ArrayLike<number>): HuffmanEncoding {
  if (symbols?.length !== 0) requireArray('symbols', symbols);
  requireSymbols(symbols);
  const { bytes, counts, lengths, tableBytes, payloadBits } = huffmanBytes(symbols);
  const codes = codesOf(lengths);
  const table: HuffmanWord[] = [];
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    const code = codes[symbol]!.toString(2).padStart(length, '0');
    table.push({ symbol, count: counts[symbol]!, code });
  }
  table.sort((a, b) => a.code.length - b.code.length || a.symbol - b.symbol);
  return { bytes, table, count: symbols.length, tableBytes, payloadBits };
}

function requireSymbols(symbols: ArrayLike<number>): void {
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i]!;
    if ((symbol & 0xffff) === symbol) continue;
    throw new ReaderError({
      code: 'symbol-not-valid',
      explain: `symbols[${i}] must be an integer from 0 to 65535; it is ${describe(symbol)}.`,
      hint: 'Signed integers become symbols when their smallest is subtracted; real numbers when they are numbered in a codebook.',
    });
  }
}

/** What {@link huffmanBytes} gives. @internal */
export interface HuffmanBytes {
  bytes: Uint8Array<ArrayBuffer>;
  counts: Uint32Array;
  lengths: Uint8Array;
  tableBytes: number;
  payloadBits: number;
}

/** As {@link encodeHuffman}, for symbols known to be good. @internal */
export function huffmanBytes(symbols: ArrayLike<number>): HuffmanBytes {
  let last = -1;
  for (let i = 0; i < symbols.length; i++) if (symbols[i]! > last) last = symbols[i]!;
  const counts = new Uint32Array(last + 1);
  for (let i = 0; i < symbols.length; i++) counts[symbols[i]!]!++;
  const lengths = codeLengths(counts);
  const table = encodeTable(lengths);
  let payloadBits = 0;
  for (let i = 0; i < counts.length; i++) payloadBits += counts[i]! * lengths[i]!;
  const writer = new ByteWriter()
    .varint(symbols.length)
    .varint(symbolsIn(lengths))
    .raw(table)
    .raw(words(symbols, lengths, Math.ceil(payloadBits / 8)));
  return { bytes: writer.toBytes(), counts, lengths, tableBytes: table.length, payloadBits };
}

function words(symbols: ArrayLike<number>, lengths: Uint8Array, size: number): Uint8Array {
  const codes = codesOf(lengths);
  const bytes = new Uint8Array(size);
  let at = 0;
  let buffer = 0;
  let held = 0;
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i]!;
    // At most 7 bits are held over; 24 more fit, and what is shifted out at the top has been written.
    buffer = (buffer << lengths[symbol]!) | codes[symbol]!;
    held += lengths[symbol]!;
    while (held >= 8) {
      held -= 8;
      bytes[at++] = buffer >>> held;
    }
  }
  if (held > 0) bytes[at] = buffer << (8 - held);
  return bytes;
}
