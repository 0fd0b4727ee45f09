import { ReaderError } from '../../shared/reader-error.ts';
import { requireInteger } from './arguments.ts';
import { multiply64, reduceMultiplier } from './fixed-point.ts';

const INT48 = 2 ** 47;

/**
 * Multiplies a wide accumulator by a real factor that was coded as a multiplier and a shift: the path of
 * layers with 16-bit activations and 8-bit weights.
 *
 * ⌊(x·r + 2^(14−shift)) / 2^(15−shift)⌋ with r = min((multiplier + 2¹⁵) >> 16, 2¹⁵ − 1): the multiplier
 * is reduced to 16 bits, so that the product fits 64. One rounding only, ties up. Exact.
 *
 * @param x - an integer, −2⁴⁷ ≤ x < 2⁴⁷
 * @param multiplier - an int32 in Q31, not negative, from {@link quantizeMultiplier}
 * @param shift - an integer −31 … 7, from {@link quantizeMultiplier}
 * @returns an int32
 * @throws ReaderError `not-an-integer-in-range` for anything else, `result-outside-int32` when the
 *   product is wider
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const { multiplier, shift } = numerics.quantizeMultiplier(1e-5);
 * console.log(numerics.multiplyByQuantizedMultiplierInt64(-(2 ** 47), multiplier, shift)); // -1407385600
 * ```
 * @see `MultiplyByQuantizedMultiplier(int64_t, …)`, tensorflow/lite/kernels/internal/common.cc
 */
export function multiplyByQuantizedMultiplierInt64(
  x: number,
  multiplier: number,
  shift: number,
): number {
  requireInteger('x', x, -INT48, INT48 - 1);
  requireInteger('multiplier', multiplier, 0, 2 ** 31 - 1);
  requireInteger('shift', shift, -31, 7);
  const result = multiply64(x, reduceMultiplier(multiplier), shift);
  if ((result | 0) !== result) {
    throw new ReaderError({
      code: 'result-outside-int32',
      explain: `the product does not fit int32; x is ${x} and the factor about ${((multiplier / 2 ** 31) * 2 ** shift).toPrecision(4)}.`,
      hint: 'The factor must carry the accumulator into the range of the output: look at the output scale.',
    });
  }
  return result;
}
