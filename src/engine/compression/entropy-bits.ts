import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray } from '../numerics/arguments.ts';

/**
 * The entropy of a source, in bits a symbol: no code that gives each symbol a word of its own does better on average.
 *
 * H = −Σ p·log2(p), where p = count/Σ count; symbols that do not occur add nothing.
 *
 * @param counts - how often each symbol occurs: non-negative integers, one at least
 * @returns 0 … log2(number of symbols); 0 when at most one of them occurs
 * @throws ReaderError `count-not-valid` naming the index, `array-empty`, `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * console.log(compression.entropyBits([2, 1, 1])); // 1.5
 * console.log(compression.entropyBits([7])); // 0
 * ```
 * @see C. Shannon, "A mathematical theory of communication", Bell System Technical Journal 27, 1948, section 6
 */
export function entropyBits(counts: ArrayLike<number>): number {
  requireCounts(counts);
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let bits = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    // log2(total/count) of each: sums of equal parts stay exact where −p·log2(p) would not.
    if (count > 0) bits += (count / total) * Math.log2(total / count);
  }
  return bits;
}

/** Each must be a non-negative integer that JavaScript holds exactly. @internal */
export function requireCounts(counts: ArrayLike<number>): void {
  requireArray('counts', counts);
  for (let i = 0; i < counts.length; i++) {
    const count: unknown = counts[i];
    if (Number.isSafeInteger(count) && (count as number) >= 0) continue;
    throw new ReaderError({
      code: 'count-not-valid',
      explain: `counts[${i}] must be an integer of at least 0; it is ${describe(count)}.`,
      hint: 'Counts say how often each symbol occurs; probabilities must be counted first.',
    });
  }
}
