import { toFloat32 } from './arguments.ts';
import {
  newQuantizedArray,
  readParams,
  type GivenParams,
  type QuantizedArray,
} from './quantization-params.ts';

/**
 * Turns real numbers into integers.
 *
 * q = clamp(round(x/scale) + zeroPoint, qmin, qmax), rounding half away from zero. As in TFLite the
 * values and the scale are read as float32 and the quotient is rounded to float32, so that results agree
 * with its QUANTIZE operation to the last integer. Values outside the range saturate.
 *
 * @param values - finite real numbers, at least one; row-major when the parameters are per axis or group
 * @param params - parameters of any granularity; written by hand, `{scale, zeroPoint}` means int8
 * @returns one integer a value: Int8Array (signed, 2 … 8 bits), Uint8Array (unsigned, 2 … 8),
 *   Int16Array (signed, 9 … 16) or Uint16Array (unsigned, 9 … 16)
 * @throws ReaderError `value-not-finite`, `array-empty`, `not-an-array-of-numbers`, `array-nested` or
 *   `value-outside-float32` for the values; `scale-not-positive`, `not-an-integer-in-range`,
 *   `params-not-understood`, `params-wrong-length` or `shape-does-not-fit` for the parameters
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const params = { scale: 0.5, zeroPoint: 3 };
 * console.log(numerics.quantize([0, 0.25, -0.25, 1, 1000], params)); // Int8Array(5) [ 3, 4, 2, 5, 127 ]
 * ```
 * @see `AffineQuantize`, tensorflow/lite/kernels/internal/reference/quantize.h
 */
export function quantize(values: ArrayLike<number>, params: GivenParams): QuantizedArray {
  const floats = toFloat32('values', values);
  const use = { values: floats, valuesName: 'values', paramsName: 'params', intoRange: true };
  const { range, scales, zeroPoints, forEachRun } = readParams(params, use);
  const { qmin, qmax } = range;
  const out = newQuantizedArray(floats.length, range);
  forEachRun((param, start, count, stride) => {
    const scale = Math.fround(scales[param]!);
    const zeroPoint = zeroPoints[param]!;
    for (let k = 0, i = start; k < count; k++, i += stride) {
      const steps = Math.fround(floats[i]! / scale);
      // A float32 plus one half never rounds up to an integer in doubles. Floor takes ties up; those
      // below zero are mended after: a branch hardly ever taken, where one on the sign is a guess.
      let rounded = Math.floor(steps + 0.5);
      if (rounded - steps === 0.5 && steps < 0) rounded -= 1;
      const q = rounded + zeroPoint;
      out[i] = q < qmin ? qmin : q > qmax ? qmax : q;
    }
  });
  return out;
}
