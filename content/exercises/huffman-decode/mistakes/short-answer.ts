/**
 * Returns what it has when the bits are at an end.
 *
 * @fails refuses
 * @advice When the bits are at an end you return what you have. Whoever asked for six symbols would take five for all: throw a `RangeError` that names `bytes`.
 */
export function decodeWords(lengths: number[], bytes: Uint8Array, count: number): number[] {
  const symbolOf = canonicalWords(lengths);
  const found: number[] = [];
  let word = '';
  for (let at = 0; found.length < count; at++) {
    if (at === 8 * bytes.length) {
      return found;
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
