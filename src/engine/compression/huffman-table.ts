import type { ByteReader } from './byte-stream.ts';
import { MAX_CODE_LENGTH } from './huffman-code-lengths.ts';

/**
 * The table of a canonical code: for every symbol that occurs, in ascending order, how far it is from the one before
 * and by how much its word is longer. Neighbours in a codebook or among gaps occur about as often, so that most
 * steps are 1 and most differences 0, −1 or 1: two to four bits a symbol in Elias' gamma code, which writes n ≥ 1
 * as ⌊log2 n⌋ zeros and then n.
 */

/** Differences −1, 1, −2, 2, … are written as 2, 3, 4, 5, …, and 0 as 1. */
const zigzag = (difference: number): number =>
  difference > 0 ? 2 * difference + 1 : -2 * difference || 1;

const unzigzag = (code: number): number => (code % 2 === 1 ? (code - 1) / 2 : -code / 2);

/** Where the first difference is taken from: the length in a code of so many equally frequent symbols. */
const expectedLength = (symbols: number): number => Math.max(1, Math.round(Math.log2(symbols)));

/** Writes a table without the number of its symbols, which stands before it. @internal */
export function encodeTable(lengths: Uint8Array): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  const gamma = (value: number): void => {
    const top = 31 - Math.clz32(value);
    for (let i = 0; i < top; i++) bits.push(0);
    for (let i = top; i >= 0; i--) bits.push((value >> i) & 1);
  };
  let symbol = -1;
  let length = expectedLength(symbolsIn(lengths));
  for (let next = 0; next < lengths.length; next++) {
    if (lengths[next] === 0) continue;
    gamma(next - symbol);
    gamma(zigzag(lengths[next]! - length));
    symbol = next;
    length = lengths[next]!;
  }
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (7 - (i & 7))));
  return bytes;
}

/**
 * Reads a table of so many symbols: the lengths by symbol.
 *
 * @throws ReaderError of the reader's kind if the table ends early or is none
 * @internal
 */
export function decodeTable(reader: ByteReader, symbols: number): Uint8Array<ArrayBuffer> {
  // A symbol takes two bits at least: a count beyond that is refused before anything is made.
  if (symbols > 65536 || symbols > 4 * reader.remaining) {
    throw reader.invalid(`The Huffman table says it has ${symbols} symbols, more than fit in it.`);
  }
  let byte = 0;
  let held = 0;
  const bit = (): number => {
    if (held === 0) {
      byte = reader.byte('the Huffman table');
      held = 8;
    }
    return (byte >> --held) & 1;
  };
  const gamma = (): number => {
    let top = 0;
    while (bit() === 0) if (++top > 16) throw reader.invalid('The Huffman table is none.');
    let value = 1;
    for (; top > 0; top--) value = 2 * value + bit();
    return value;
  };
  const found = new Uint8Array(65536);
  let symbol = -1;
  let length = expectedLength(symbols);
  for (let i = 0; i < symbols; i++) {
    symbol += gamma();
    length += unzigzag(gamma());
    if (symbol > 65535 || length < 1 || length > MAX_CODE_LENGTH) {
      throw reader.invalid(
        `The Huffman table has a word of ${length} bits for the symbol ${symbol}.`,
      );
    }
    found[symbol] = length;
  }
  if (held > 0 && (byte & (2 ** held - 1)) !== 0) {
    throw reader.invalid('The bits after the Huffman table are not 0.');
  }
  return found.slice(0, symbol + 1);
}

/** How many symbols have a word. @internal */
export function symbolsIn(lengths: Uint8Array): number {
  let symbols = 0;
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) symbols++;
  return symbols;
}
