/**
 * Reads symbols that are written in a canonical Huffman code.
 *
 * @param lengths bits of each symbol’s word, 0 where it has none
 * @param bytes words one after another, the highest bit of a byte first
 * @param count how many symbols to read
 * @throws RangeError if the bytes are at an end before that
 */
export function decodeWords(lengths: number[], bytes: Uint8Array, count: number): number[] {
  const symbolOf = canonicalWords(lengths);
  const found: number[] = [];
  let word = '';
  for (let at = 0; found.length < count; at++) {
    if (at === 8 * bytes.length) {
      throw new RangeError(`bytes end after ${found.length} of ${count} symbols.`);
    }
    const bit = (bytes[at >> 3]! >> (7 - (at & 7))) & 1;
    word += String(bit);
    const symbol = symbolOf.get(word);
    if (symbol === undefined) continue;
    found.push(symbol);
    word = '';
  }
  return found;
}

/** The symbol of each word, words written as 0 and 1. */
function canonicalWords(lengths: number[]): Map<string, number> {
  const order = [...lengths.keys()]
    .filter((symbol) => lengths[symbol]! > 0)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const words = new Map<string, number>();
  let code = 0;
  let before = 0;
  for (const symbol of order) {
    const length = lengths[symbol]!;
    code *= 2 ** (length - before);
    words.set(code.toString(2).padStart(length, '0'), symbol);
    code += 1;
    before = length;
  }
  return words;
}
