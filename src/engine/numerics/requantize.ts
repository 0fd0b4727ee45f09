import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray, requireInteger } from './arguments.ts';
import { multiply32, multiply64, reduceMultiplier } from './fixed-point.ts';
import type { Handmade, QuantizationParams, QuantizedArray } from './quantization-params.ts';
import { newQuantizedArray, readParams, type GivenParams } from './quantization-params.ts';
import { quantizeMultiplier } from './quantize-multiplier.ts';

/** How wide the sums are that are requantized. */
export interface RequantizeOptions {
  /** `int64` for accumulators of 16-bit activations. `int32` unless told. */
  accumulator?: 'int32' | 'int64';
}

function requireAccumulators(values: ArrayLike<number>, limit: number): void {
  requireArray('values', values);
  if (values instanceof Int32Array || values instanceof Int16Array || values instanceof Int8Array) {
    return;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(Number.isInteger(value) && value >= -limit && value < limit)) {
      requireInteger(`values[${i}]`, value, -limit, limit - 1);
    }
  }
}

/** The factor from one scale to another, refused where the integer path cannot express it. */
function multiplierFor(from: number, to: number, maxShift: number) {
  const quantized = quantizeMultiplier(from / to);
  if (quantized.shift > maxShift) {
    throw new ReaderError({
      code: 'scale-ratio-too-large',
      explain: `from.scale / to.scale is ${(from / to).toPrecision(4)}; integer multiplication reaches 2^${maxShift} at most.`,
      hint: 'The output scale is far too small for these values: look at how its range was found.',
    });
  }
  return quantized;
}

/**
 * Moves integers from one scale to another without leaving integers: int32 accumulators to int8
 * activations, or int8 to another int8.
 *
 * q = clamp(M·(v − from.zeroPoint) + to.zeroPoint, qmin, qmax), where M = from.scale/to.scale is coded by
 * {@link quantizeMultiplier} and applied by {@link multiplyByQuantizedMultiplier}, or by
 * {@link multiplyByQuantizedMultiplierInt64} for `int64`.
 *
 * @param values - integers, at least one: of int32 less the zero point, or from −2⁴⁷ to 2⁴⁷ − 1 for `int64`
 * @param from - where they stand: `{scale, zeroPoint}`, or per axis `{scales, zeroPoints, axis, shape}`.
 *   The accumulator of a layer has the scale scaleIn·scaleWeights and zero point 0. Scales are divided in
 *   double precision as they are: for TFLite's own results pass the float32 values a .tflite file holds
 * @param to - where they go: `{scale, zeroPoint}` and the range, int8 unless told
 * @param options - `accumulator`: `int32` (unless told) or `int64`
 * @returns one integer a value, in the array type that {@link quantize} chooses
 * @throws ReaderError `scale-ratio-too-large`, `accumulator-unknown`, `not-an-integer-in-range`,
 *   `array-empty`, `not-an-array-of-numbers`, and those of the parameters as in {@link quantize}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const accumulators = new Int32Array([12000, -500, 90000]);
 * const from = { scale: 0.0002, zeroPoint: 0 };
 * const to = { scale: 0.05, zeroPoint: -10 };
 * console.log(numerics.requantize(accumulators, from, to)); // Int8Array(3) [ 38, -12, 127 ]
 * ```
 * @see `Requantize`, tensorflow/lite/kernels/internal/reference/requantize.h; B. Jacob et al., CVPR 2018,
 *   section 2.2
 */
export function requantize(
  values: ArrayLike<number>,
  from: GivenParams,
  to: Handmade<QuantizationParams>,
  { accumulator = 'int32' }: RequantizeOptions = {},
): QuantizedArray {
  if (accumulator !== 'int32' && accumulator !== 'int64') {
    throw new ReaderError({
      code: 'accumulator-unknown',
      explain: `accumulator must be 'int32' or 'int64'; it is ${describe(accumulator)}.`,
    });
  }
  const wide = accumulator === 'int64';
  const limit = wide ? 2 ** 47 : 2 ** 31;
  requireAccumulators(values, limit);
  const common = { values, valuesName: 'values' };
  const source = readParams(from, { ...common, paramsName: 'from', intoRange: false });
  const target = readParams(to, { ...common, paramsName: 'to', intoRange: true });
  if (target.scales.length !== 1 || !('scale' in to)) {
    throw new ReaderError({
      code: 'target-not-per-tensor',
      explain: 'to must have one scale for all values, as activations have.',
      hint: 'Per-axis scales belong in from: they come with the weights.',
    });
  }
  const { qmin, qmax } = target.range;
  const outZero = target.zeroPoints[0]!;
  const out = newQuantizedArray(values.length, target.range);
  source.forEachRun((param, start, count, stride) => {
    const inZero = source.zeroPoints[param]!;
    const { multiplier, shift } = multiplierFor(source.scales[param]!, to.scale, wide ? 7 : 31);
    const reduced = reduceMultiplier(multiplier);
    for (let k = 0, i = start; k < count; k++, i += stride) {
      const centred = values[i]! - inZero;
      if (!(centred >= -limit && centred < limit)) {
        requireInteger(`values[${i}] − from.zeroPoint`, centred, -limit, limit - 1);
      }
      const product = wide
        ? multiply64(centred, reduced, shift)
        : multiply32(centred, multiplier, shift);
      const q = product + outZero;
      out[i] = q < qmin ? qmin : q > qmax ? qmax : q;
    }
  });
  return out;
}
