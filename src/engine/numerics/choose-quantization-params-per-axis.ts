import { paramsForRange } from './params-for-range.ts';
import { integerRange, type QuantizationOptions } from './integer-range.ts';
import { axisLayout, forEachAxisRun } from './axis-runs.ts';
import { toFloat32 } from './arguments.ts';
import type { PerAxisQuantizationParams } from './quantization-params.ts';
import { runRanges } from './run-ranges.ts';

/**
 * Chooses a scale and a zero point for each slice along one axis: one a channel, as TFLite does for
 * the kernels of convolutions.
 *
 * Slice a gets what {@link chooseQuantizationParams} gives for the range of its own values, so that a
 * channel of small weights does not pay for one of large weights.
 *
 * @param values - finite numbers, row-major, read as float32; as many as the product of `shape`
 * @param shape - sizes of the tensor the values came from
 * @param axis - from −rank to rank − 1; −1 is the last: units of a Dense kernel, filters of a Conv2D kernel
 * @param options - as of {@link chooseQuantizationParams}
 * @returns `{scales, zeroPoints, axis, shape, qmin, qmax, numBits, signed}`; `shape[axis]` scales
 * @throws ReaderError `shape-does-not-fit`, `axis-out-of-range`, `value-not-finite`, `array-empty`, and
 *   those of {@link chooseQuantizationParams}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const kernel = [0.5, -127, 1.27, 12.7]; // two inputs, two output units
 * const options = { symmetric: true, narrowRange: true };
 * const params = numerics.chooseQuantizationParamsPerAxis(kernel, [2, 2], -1, options);
 * console.log(params.scales.map((scale) => scale.toFixed(4))); // [ '0.0100', '1.0000' ]
 * console.log(numerics.quantize(kernel, params)); // Int8Array(4) [ 50, -127, 127, 13 ]
 * ```
 * @see R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference: A whitepaper",
 *   arXiv 1806.08342, section 2; `SymmetricPerChannelQuantization`,
 *   tensorflow/lite/tools/optimize/quantization_utils.cc
 */
export function chooseQuantizationParamsPerAxis(
  values: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
  options: QuantizationOptions = {},
): PerAxisQuantizationParams {
  const integers = integerRange(options);
  const floats = toFloat32('values', values);
  const layout = axisLayout('values', floats.length, shape, axis);
  const { min, max } = runRanges(floats, layout.size, (visit) => forEachAxisRun(layout, visit));
  const each = min.map((low, a) =>
    paramsForRange({ min: low, max: max[a]! }, integers, options.symmetric ?? false),
  );
  return {
    scales: each.map(({ scale }) => scale),
    zeroPoints: each.map(({ zeroPoint }) => zeroPoint),
    axis: layout.axis,
    shape: [...shape],
    ...integers,
  };
}
