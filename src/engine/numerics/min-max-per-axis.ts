import { requireFiniteArray } from './arguments.ts';
import { axisLayout, forEachAxisRun } from './axis-runs.ts';
import { runRanges, type RunRanges } from './run-ranges.ts';

/**
 * Finds the smallest and the largest value of each slice along one axis.
 *
 * @param values - finite numbers, row-major; as many as the product of `shape`
 * @param shape - sizes of the tensor the values came from
 * @param axis - from −rank to rank − 1; −1 is the last
 * @returns `{min, max}`, each of `shape[axis]` numbers
 * @throws ReaderError `shape-does-not-fit`, `axis-out-of-range`, and those of {@link minMax}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const kernel = [0.5, -2, 0.25, 8]; // two inputs, two output units
 * console.log(numerics.minMaxPerAxis(kernel, [2, 2], -1)); // { min: [ 0.25, -2 ], max: [ 0.5, 8 ] }
 * ```
 * @see `FillPerChannelMinMax`, tensorflow/lite/tools/optimize/quantization_utils.cc
 */
export function minMaxPerAxis(
  values: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
): RunRanges {
  requireFiniteArray('values', values);
  const layout = axisLayout('values', values.length, shape, axis);
  return runRanges(values, layout.size, (visit) => forEachAxisRun(layout, visit));
}
