import { requireInt32, requireInteger } from './arguments.ts';
import { multiply32 } from './fixed-point.ts';

/**
 * Multiplies an int32 by a real factor that was coded as a multiplier and a shift, in integers only.
 *
 * ≈ x · multiplier/2³¹ · 2^shift, rounded twice as TFLite's reference kernels do: after the product (ties
 * up) and after the right shift (ties away from zero). For a positive shift x is shifted left first, and
 * wraps like int32 where the reference leaves the overflow undefined. Exact for all int32.
 *
 * @param x - an int32, such as an accumulator
 * @param multiplier - an int32 in Q31, from {@link quantizeMultiplier}
 * @param shift - an integer −31 … 31, from {@link quantizeMultiplier}
 * @returns an int32
 * @throws ReaderError `not-an-integer-in-range` for anything else
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const { multiplier, shift } = numerics.quantizeMultiplier(0.0125);
 * console.log(numerics.multiplyByQuantizedMultiplier(1000, multiplier, shift)); // 13
 * ```
 * @see `MultiplyByQuantizedMultiplier` with TFLITE_SINGLE_ROUNDING 0, tensorflow/lite/kernels/internal/common.cc
 */
export function multiplyByQuantizedMultiplier(
  x: number,
  multiplier: number,
  shift: number,
): number {
  requireInt32('x', x);
  requireInt32('multiplier', multiplier);
  requireInteger('shift', shift, -31, 31);
  return multiply32(x, multiplier, shift);
}
