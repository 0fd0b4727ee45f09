import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireNumber } from './arguments.ts';
import { integerRange, type QuantizationOptions } from './integer-range.ts';
import type { ValueRange } from './min-max.ts';
import { paramsForRange } from './params-for-range.ts';
import type { QuantizationParams } from './quantization-params.ts';

function requireRange(given: ValueRange): void {
  if (given === null || typeof given !== 'object' || !('min' in given) || !('max' in given)) {
    throw new ReaderError({
      code: 'range-not-understood',
      explain: `the range must be an object { min, max }; ${describe(given)} came.`,
      hint: 'numerics.minMax(values) finds the range of values.',
    });
  }
  requireNumber('min', given.min);
  requireNumber('max', given.max);
  if (given.min > given.max) {
    throw new ReaderError({
      code: 'range-inverted',
      explain: `min must not be above max; min is ${given.min} and max is ${given.max}.`,
      hint: 'Exchange the two.',
    });
  }
  if (!Number.isFinite(given.max - given.min)) {
    throw new ReaderError({
      code: 'range-too-wide',
      explain: `the width of the range, max − min, is more than a number can hold: min is ${given.min}, max is ${given.max}.`,
      hint: 'Look for an outlier that an overflow made.',
    });
  }
}

/**
 * Chooses the scale and the zero point that spread a range of real numbers over the integers.
 *
 * The map is real = scale·(q − zeroPoint). Asymmetric: scale = (max − min)/(qmax − qmin) and
 * zeroPoint = round(qmin − min/scale), clamped to qmin … qmax. Symmetric: scale = max(|min|, |max|)/qmax
 * and zeroPoint = 0. The range is first widened to contain 0, which must have an exact integer because
 * padding and ReLU produce it; a range no wider than 1e-6 becomes
 * min(min, −5e-7) … max(max, 5e-7), so that the scale is never 0.
 *
 * @param range - finite `{min, max}`, min ≤ max, in the unit of the values
 * @param options - `numBits` 2 … 16 (8 unless told), `signed` (true unless told), `symmetric` and
 *   `narrowRange` (false unless told)
 * @returns `{scale, zeroPoint, qmin, qmax, numBits, signed}`; scale > 0, in the unit of the values
 * @throws ReaderError `range-inverted`, `range-too-wide`, `not-a-finite-number`, `range-not-understood`,
 *   `symmetric-needs-signed`, and those of {@link integerRange}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const params = numerics.chooseQuantizationParams({ min: -0.5, max: 0.775 });
 * console.log(params.scale.toFixed(6), params.zeroPoint); // 0.005000 -28
 * const weights = numerics.chooseQuantizationParams(
 *   { min: -0.5, max: 0.635 },
 *   { symmetric: true, narrowRange: true },
 * );
 * console.log(weights.scale.toFixed(6), weights.zeroPoint, weights.qmin); // 0.005000 0 -127
 * ```
 * @see B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 *   Integer-Arithmetic-Only Inference", CVPR 2018, section 2.1; `ChooseQuantizationParams`,
 *   tensorflow/lite/kernels/internal/quantization_util.h
 */
export function chooseQuantizationParams(
  range: ValueRange,
  options: QuantizationOptions = {},
): QuantizationParams {
  requireRange(range);
  const integers = integerRange(options);
  return { ...paramsForRange(range, integers, options.symmetric ?? false), ...integers };
}
