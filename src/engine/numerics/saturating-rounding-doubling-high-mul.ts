import { requireInt32 } from './arguments.ts';
import { highMul } from './fixed-point.ts';

/**
 * Multiplies two int32 numbers and keeps the upper half of twice the product: the product of two Q31
 * fractions.
 *
 * ⌊(a·b + 2³⁰) / 2³¹⌋, so a tie goes up, towards +∞. (−2³¹)·(−2³¹) would be 2³¹ and saturates to
 * 2³¹ − 1. Exact for all int32, though the product takes 62 bits.
 *
 * @param a - an int32
 * @param b - an int32; read as a fraction b/2³¹ in −1 … 1
 * @returns an int32
 * @throws ReaderError `not-an-integer-in-range` for anything but an int32
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const half = 2 ** 30; // one half, in Q31
 * console.log(numerics.saturatingRoundingDoublingHighMul(101, half)); // 51
 * console.log(numerics.saturatingRoundingDoublingHighMul(-101, half)); // -50
 * ```
 * @see `SaturatingRoundingDoublingHighMul`, gemmlowp/fixedpoint/fixedpoint.h; the ARM instruction SQRDMULH
 */
export function saturatingRoundingDoublingHighMul(a: number, b: number): number {
  requireInt32('a', a);
  requireInt32('b', b);
  return highMul(a, b);
}
