import { ReaderError } from '../../shared/reader-error.ts';
import type { IntegerRange } from './integer-range.ts';
import type { ValueRange } from './min-max.ts';
import { roundHalfAway } from './round-half-away.ts';

/** A narrower range than this is taken for a single point, and widened by half of it either side. */
const NARROWEST_RANGE = 1e-6;

/** The range with 0 inside it, and never a single point. */
function widen(min: number, max: number): ValueRange {
  const low = Math.min(min, 0);
  const high = Math.max(max, 0);
  if (high - low > NARROWEST_RANGE) return { min: low, max: high };
  return { min: Math.min(low, -NARROWEST_RANGE / 2), max: Math.max(high, NARROWEST_RANGE / 2) };
}

/** The zero point whose floating-point error is the smaller: counted from min or from max. */
function chooseZeroPoint({ min, max }: ValueRange, scale: number, range: IntegerRange): number {
  const { qmin, qmax } = range;
  const fromMin = qmin - min / scale;
  const fromMax = qmax - max / scale;
  const errorFromMin = Math.abs(qmin) + Math.abs(min / scale);
  const errorFromMax = Math.abs(qmax) + Math.abs(max / scale);
  const exact = errorFromMin < errorFromMax ? fromMin : fromMax;
  return roundHalfAway(Math.min(Math.max(exact, qmin), qmax));
}

/** Scale and zero point for one range that has been checked. @internal */
export function paramsForRange(
  given: ValueRange,
  range: IntegerRange,
  symmetric: boolean,
): { scale: number; zeroPoint: number } {
  if (symmetric && !range.signed && given.min < 0) {
    throw new ReaderError({
      code: 'symmetric-needs-signed',
      explain: `symmetric unsigned integers cannot hold a negative value, and min is ${given.min}.`,
      hint: 'Leave signed at true, or symmetric at false.',
    });
  }
  const { min, max } = widen(given.min, given.max);
  if (symmetric) return { scale: Math.max(-min, max) / range.qmax, zeroPoint: 0 };
  const scale = (max - min) / (range.qmax - range.qmin);
  return { scale, zeroPoint: chooseZeroPoint({ min, max }, scale, range) };
}
