/** From a sum to a code in integers: the multiplier on its dial, the shift on its carriage, and both roundings. */
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundHalfAway,
  roundingDivideByPOT,
  saturatingRoundingDoublingHighMul,
} from '../../../engine/numerics/index.ts';
import { writeNumber } from '../write-number.ts';

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 236;
export const DIAL = { x: 104, y: 118, radius: 84 };
/** Cells of the carriage: bits of the product, the lowest to the right. */
export const CELLS = 18;
export const CARRIAGE = { left: 236, top: 34, cell: 22 };
/** The line between three codes. */
export const RULE = { left: 236, right: 636, y: 170 };
/** Sums from −LARGEST_SUM to LARGEST_SUM can be set: their products fill the carriage and no more. */
export const LARGEST_SUM = 2 ** CELLS - 1;

export interface Requantized {
  multiplier: number;
  shift: number;
  /** The sum times the multiplier, rounded once. */
  product: number;
  /** The product shifted, and rounded again. */
  code: number;
  /** The sum times M, not rounded. */
  exact: number;
  /** The exact value rounded once. */
  once: number;
}

/** What the reference kernels make of a sum, for a factor below 1. */
export function requantizeSum(sum: number, real: number): Requantized {
  const { multiplier, shift } = quantizeMultiplier(real);
  const product = saturatingRoundingDoublingHighMul(sum, multiplier);
  return {
    multiplier,
    shift,
    product,
    code: roundingDivideByPOT(product, -shift),
    exact: sum * real,
    once: roundHalfAway(sum * real),
  };
}

/** The next sum upwards which rounding twice sends to another code than rounding once; from the top it begins again. */
export function nextOdd(sum: number, real: number): number | undefined {
  const count = 2 * LARGEST_SUM + 1;
  const { multiplier, shift } = quantizeMultiplier(real);
  for (let step = 1; step <= count; step++) {
    const next = ((((sum + LARGEST_SUM + step) % count) + count) % count) - LARGEST_SUM;
    const code = multiplyByQuantizedMultiplier(next, multiplier, shift);
    if (code !== roundHalfAway(next * real)) return next;
  }
  return undefined;
}

/** Where a fraction from ½ to 1 stands on the dial: one turn is one octave. */
export function dialPoint(fraction: number, radius: number): { x: number; y: number } {
  const angle = 2 * Math.PI * (Math.log2(fraction) + 1);
  return { x: DIAL.x + radius * Math.sin(angle), y: DIAL.y - radius * Math.cos(angle) };
}

const point = ({ x, y }: { x: number; y: number }): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The bits of a size, the highest first, as wide as the carriage. */
export function carriageBits(product: number): string {
  return Math.abs(product).toString(2).padStart(CELLS, '0');
}

/** Everything that the figure draws and says. */
export function requantizeDrawing(
  sum: number,
  real: number,
): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
  bits: string;
} {
  const made = requantizeSum(sum, real);
  const { multiplier, shift, product, code, exact, once } = made;
  const fraction = multiplier / 2 ** 31;
  const before = product / 2 ** -shift;
  const middle = Math.round(exact);
  const at = (value: number): number =>
    RULE.left + ((value - middle + 1) / 2) * (RULE.right - RULE.left);
  const away = Math.min(CELLS, -shift);
  const whole = (value: number) => value.toLocaleString('en-GB').replace(/^-/, '−');
  return {
    bits: carriageBits(product),
    attributes: {
      pointer: { d: `M${DIAL.x} ${DIAL.y}L${point(dialPoint(fraction, DIAL.radius - 14))}` },
      away: {
        x: `${CARRIAGE.left + (CELLS - away) * CARRIAGE.cell}`,
        width: `${away * CARRIAGE.cell}`,
      },
      exact: { d: `M${at(exact).toFixed(2)} ${RULE.y - 4}l-6 -12h12z` },
      shifted: { d: `M${at(before).toFixed(2)} ${RULE.y + 4}l-6 12h12z` },
      code: { cx: at(code).toFixed(2) },
    },
    texts: {
      real: writeNumber(real),
      sum: whole(sum),
      fraction: fraction.toFixed(4),
      multiplier: whole(multiplier),
      shift: whole(shift),
      stored: `one part in ${writeNumber(1 / Math.max(Math.abs((fraction * 2 ** shift) / real - 1), 2 ** -53), 2)}`,
      product: whole(product),
      shifted: writeNumber(before, 7),
      exact: writeNumber(exact, 7),
      code: whole(code),
      once: whole(once),
      error: writeNumber(code - exact, 3),
      low: whole(middle - 1),
      middle: whole(middle),
      high: whole(middle + 1),
      verdict:
        code === once
          ? 'Rounded once or twice, the code is the same'
          : `Rounded twice it is ${whole(code)}, and rounded once it would be ${whole(once)}`,
    },
  };
}
