import { requireFiniteArray } from './arguments.ts';

/** A closed interval of real numbers. */
export interface ValueRange {
  min: number;
  max: number;
}

/**
 * Finds the smallest and the largest of some values.
 *
 * @param values - at least one number, all finite
 * @returns `{min, max}`, in the unit of the values
 * @throws ReaderError `array-empty`, `value-not-finite`, `array-nested` or `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.minMax([0.25, -1.5, 3])); // { min: -1.5, max: 3 }
 * ```
 * @see `FillPerChannelMinMax`, tensorflow/lite/tools/optimize/quantization_utils.cc: there, one channel of it
 */
export function minMax(values: ArrayLike<number>): ValueRange {
  requireFiniteArray('values', values);
  let min = values[0]!;
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}
