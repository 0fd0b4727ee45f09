import { ReaderError } from '../../shared/reader-error.ts';
import { requireArray, requireInteger } from '../numerics/arguments.ts';
import { MAX_CODE_LENGTH } from './huffman-code-lengths.ts';

/**
 * Gives each symbol its word of a canonical code: the lengths alone tell the code, so that only they need be stored.
 *
 * Symbols are ordered by length, and those of one length by number. The first word is all zeros; each further word is
 * the one before it plus one, followed by zeros up to its own length.
 *
 * @param lengths - bits of each symbol's word, 1 … 24, and 0 for symbols that have none; 1 to 65,536 of them
 * @returns the words as numbers; the first bit of a word is its highest, of `lengths[i]` bits
 * @throws ReaderError `code-lengths-impossible` if Σ 2^−l > 1, `not-an-integer-in-range`, `array-empty`,
 *   `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const lengths = compression.huffmanCodeLengths([5, 1, 0, 2]);
 * const codes = compression.canonicalCodes(lengths);
 * const words = Array.from(codes, (code, i) => code.toString(2).padStart(lengths[i]!, '0').slice(0, lengths[i]));
 * console.log(words); // [ '0', '10', '', '11' ]
 * ```
 * @see E. Schwartz, B. Kallick, "Generating a canonical prefix encoding", CACM 7(3), 1964; RFC 1951, section 3.2.2
 */
export function canonicalCodes(lengths: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  requireArray('lengths', lengths);
  requireInteger('the number of lengths', lengths.length, 1, 65536);
  for (let i = 0; i < lengths.length; i++) {
    requireInteger(`lengths[${i}]`, lengths[i]!, 0, MAX_CODE_LENGTH);
  }
  if (kraftSum(lengths) > 1) {
    throw new ReaderError({
      code: 'code-lengths-impossible',
      explain: `lengths add up to Σ 2^−l = ${kraftSum(lengths)}; no code has words so short that begin no other (Kraft).`,
      hint: 'Take lengths from huffmanCodeLengths.',
    });
  }
  return codesOf(lengths);
}

/** Σ 2^−l over the symbols that have a word: 1 when no bit pattern is left over. Exact. @internal */
export function kraftSum(lengths: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) sum += 2 ** -lengths[i]!;
  return sum;
}

/** How many words there are of each length, 0 … 24. @internal */
export function countLengths(lengths: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(MAX_CODE_LENGTH + 1);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++;
  counts[0] = 0;
  return counts;
}

/** The first word of each length, by counts of lengths. @internal */
export function firstCodes(counts: Uint32Array): Uint32Array {
  const first = new Uint32Array(counts.length);
  for (let length = 1, code = 0; length < counts.length; length++) {
    code = (code + counts[length - 1]!) * 2;
    first[length] = code;
  }
  return first;
}

/** As {@link canonicalCodes}, for lengths known to be good. @internal */
export function codesOf(lengths: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const next = firstCodes(countLengths(lengths));
  const codes = new Uint32Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) codes[i] = next[lengths[i]!]!++;
  return codes;
}
