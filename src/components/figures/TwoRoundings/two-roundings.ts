/** One sum, rounded by two hands: twice in fixed point, and once in float32. */
import {
  quantizeMultiplier,
  roundingDivideByPOT,
  saturatingRoundingDoublingHighMul,
} from '../../../engine/numerics/index.ts';
import { writeNumber } from '../write-number.ts';

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 190;
/** The line from one code to the next. */
export const RULE = { left: 40, right: 600, y: 104 };
/** Sums from 0 to LARGEST_SUM can be set. */
export const LARGEST_SUM = 20_000;
/** More teeth than this would run together. */
const MOST_TEETH = 64;

export interface Rounded {
  /** How many places the product is moved to the right. */
  places: number;
  /** The sum times M, as a double has it. */
  exact: number;
  /** The sum times M, rounded to a tooth: a whole number of 2^−places. */
  tooth: number;
  /** What the first hand makes of the tooth. */
  twice: number;
  /** What the second hand makes of the sum. */
  once: number;
}

/** A sum of 0 or more in both hands, for a factor below a half, so that there is a second rounding. */
export function roundBoth(sum: number, real: number): Rounded {
  const { multiplier, shift } = quantizeMultiplier(real);
  const product = saturatingRoundingDoublingHighMul(sum, multiplier);
  return {
    places: -shift,
    exact: sum * real,
    tooth: product / 2 ** -shift,
    twice: roundingDivideByPOT(product, -shift),
    once: roundHalfEven(Math.fround(Math.fround(sum) * Math.fround(real))),
  };
}

/** As processors round: an exact half to the even neighbour. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** The next sum at which the hands part; after the last it begins again. Undefined if there is none. */
export function nextParting(sum: number, real: number): number | undefined {
  for (let step = 1; step <= LARGEST_SUM + 1; step++) {
    const next = (sum + step) % (LARGEST_SUM + 1);
    const { twice, once } = roundBoth(next, real);
    if (twice !== once) return next;
  }
  return undefined;
}

/** At how many of the sums from 0 to LARGEST_SUM the hands part. */
export function countPartings(real: number): number {
  let count = 0;
  for (let sum = 0; sum <= LARGEST_SUM; sum++) {
    const { twice, once } = roundBoth(sum, real);
    if (twice !== once) count += 1;
  }
  return count;
}

/** Everything that the figure draws and says. */
export function twoRoundingsDrawing(
  sum: number,
  real: number,
): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const { places, exact, tooth, twice, once } = roundBoth(sum, real);
  const low = Math.floor(exact);
  const at = (value: number): number => RULE.left + (value - low) * (RULE.right - RULE.left);
  const unit = 2 ** -places;
  const teeth = Math.min(2 ** places, MOST_TEETH);
  const marks = Array.from(
    { length: teeth + 1 },
    (_, i) => `M${at(low + i / teeth).toFixed(2)} ${RULE.y}v${i === 0 || i === teeth ? 12 : 7}`,
  );
  const whole = (value: number): string => value.toLocaleString('en-GB').replace(/^-/, '−');
  const partings = countPartings(real);
  return {
    attributes: {
      teeth: { d: marks.join('') },
      window: {
        x: at(low + 0.5 - unit / 2).toFixed(2),
        width: ((unit / 2) * (RULE.right - RULE.left)).toFixed(2),
      },
      exact: { d: `M${at(exact).toFixed(2)} ${RULE.y - 4}l-6 -12h12z` },
      tooth: { d: `M${at(tooth).toFixed(2)} ${RULE.y + 14}l-6 12h12z` },
      twice: { cx: at(twice).toFixed(2) },
      once: { cx: at(once).toFixed(2) },
    },
    texts: {
      real: writeNumber(real),
      sum: whole(sum),
      exact: writeNumber(exact, 8),
      places: whole(places),
      tooth: writeNumber(tooth, 8),
      twice: whole(twice),
      once: whole(once),
      window: `one in ${whole(2 ** (places + 1))}`,
      partings: `${whole(partings)} of ${whole(LARGEST_SUM + 1)}`,
      low: whole(low),
      high: whole(low + 1),
      verdict:
        twice === once
          ? `Both hands write ${whole(once)}`
          : `They part: rounded twice ${whole(twice)}, rounded once ${whole(once)}`,
    },
  };
}
