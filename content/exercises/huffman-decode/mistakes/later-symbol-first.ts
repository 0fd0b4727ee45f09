/**
 * Gives the lower word to the later of two symbols.
 *
 * @fails order
 * @advice Of two symbols whose words are equally long, yours gives the lower word to the later. The symbol with the lower number comes first.
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
    .sort((a, b) => lengths[a]! - lengths[b]! || b - a);
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
