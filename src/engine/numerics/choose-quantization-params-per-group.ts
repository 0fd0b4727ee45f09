import { toFloat32 } from './arguments.ts';
import { axisLayout, forEachGroupRun, requireGroupSize } from './axis-runs.ts';
import { paramsForRange } from './params-for-range.ts';
import { integerRange, type QuantizationOptions } from './integer-range.ts';
import type { PerGroupQuantizationParams } from './quantization-params.ts';
import { runRanges } from './run-ranges.ts';

/**
 * Chooses a scale and a zero point for every `groupSize` neighbours along one axis: the usual
 * granularity of 4-bit weights.
 *
 * Each group gets what {@link chooseQuantizationParams} gives for the range of its own values. The
 * price is one more scale a group: 32 bits over groups of 32 are one bit a weight.
 *
 * @param values - finite numbers, row-major, read as float32; as many as the product of `shape`
 * @param shape - sizes of the tensor the values came from
 * @param axis - the axis that is cut into groups, from −rank to rank − 1; 0 is the inputs of a Dense kernel
 * @param groupSize - values a group; must divide `shape[axis]`
 * @param options - as of {@link chooseQuantizationParams}
 * @returns `{scales, zeroPoints, axis, groupSize, shape, qmin, qmax, numBits, signed}`; the scales are
 *   row-major in `shape` with `shape[axis]` divided by `groupSize`
 * @throws ReaderError `group-size-does-not-divide`, `shape-does-not-fit`, `axis-out-of-range`,
 *   `value-not-finite`, `array-empty`, and those of {@link chooseQuantizationParams}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const row = [0.7, -0.1, 70, 20];
 * const options = { numBits: 4, symmetric: true };
 * const params = numerics.chooseQuantizationParamsPerGroup(row, [1, 4], 1, 2, options);
 * console.log(params.scales.map((scale) => scale.toFixed(2))); // [ '0.10', '10.00' ]
 * console.log(numerics.quantize(row, params)); // Int8Array(4) [ 7, -1, 7, 2 ]
 * ```
 * @see E. Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained
 *   Transformers", ICLR 2023, section 4 ("grouping")
 */
export function chooseQuantizationParamsPerGroup(
  values: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
  groupSize: number,
  options: QuantizationOptions = {},
): PerGroupQuantizationParams {
  const integers = integerRange(options);
  const floats = toFloat32('values', values);
  const layout = axisLayout('values', floats.length, shape, axis);
  requireGroupSize(groupSize, layout.size);
  const count = floats.length / groupSize;
  const { min, max } = runRanges(floats, count, (visit) =>
    forEachGroupRun(layout, groupSize, visit),
  );
  const each = min.map((low, g) =>
    paramsForRange({ min: low, max: max[g]! }, integers, options.symmetric ?? false),
  );
  return {
    scales: each.map(({ scale }) => scale),
    zeroPoints: each.map(({ zeroPoint }) => zeroPoint),
    axis: layout.axis,
    groupSize,
    shape: [...shape],
    ...integers,
  };
}
