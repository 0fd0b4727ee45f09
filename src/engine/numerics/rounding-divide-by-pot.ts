import { requireInt32, requireInteger } from './arguments.ts';
import { divideByPOT } from './fixed-point.ts';

/**
 * Divides an int32 by a power of two, rounding half away from zero.
 *
 * round(x / 2^exponent), done with a shift, a mask and a comparison, as hardware without a divider does.
 *
 * @param x - an int32
 * @param exponent - an integer 0 … 31
 * @returns an int32
 * @throws ReaderError `not-an-integer-in-range` for anything else
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.roundingDivideByPOT(6, 2)); // 2
 * console.log(numerics.roundingDivideByPOT(-6, 2)); // -2
 * console.log(-6 >> 2, Math.round(-6 / 4)); // -2 -1
 * ```
 * @see `RoundingDivideByPOT`, gemmlowp/fixedpoint/fixedpoint.h
 */
export function roundingDivideByPOT(x: number, exponent: number): number {
  requireInt32('x', x);
  requireInteger('exponent', exponent, 0, 31);
  return divideByPOT(x, exponent);
}
