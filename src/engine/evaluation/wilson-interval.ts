import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Lower and upper end of what is likely. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Gives Wilson's interval for a proportion: all p for which the count that was seen lies within z standard errors.
 *
 * (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n). Unlike p̂ ± z·√(p̂(1−p̂)/n) it stays within 0 … 1 and holds near
 * both ends.
 *
 * @param successes - 0 … trials
 * @param trials - n ≥ 1
 * @param confidence - between 0 and 1; 0.95 unless told
 * @returns `{low, high}`, proportions
 * @throws ReaderError `not-an-integer-in-range`, `confidence-out-of-range`
 * @example
 * ```ts
 * import { evaluation } from 'heavy-weights';
 *
 * const { low, high } = evaluation.wilsonInterval(9900, 10000);
 * console.log(low.toFixed(4), high.toFixed(4)); // 0.9879 0.9918
 * ```
 * @see E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  requireInteger('trials', trials, 1, Number.MAX_SAFE_INTEGER);
  requireInteger('successes', successes, 0, trials);
  if (typeof confidence !== 'number' || !(confidence > 0 && confidence < 1)) {
    throw new ReaderError({
      code: 'confidence-out-of-range',
      explain: `confidence must be a number between 0 and 1; it is ${describe(confidence)}.`,
      hint: '0.95 is usual.',
    });
  }
  const z = normalQuantile((1 + confidence) / 2);
  const z2 = z * z;
  const p = successes / trials;
  const centre = p + z2 / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}
