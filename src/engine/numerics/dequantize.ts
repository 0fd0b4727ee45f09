import { requireFiniteArray } from './arguments.ts';
import { readParams, type GivenParams } from './quantization-params.ts';

/**
 * Turns integers back into the real numbers they stand for.
 *
 * x = scale·(q − zeroPoint), rounded to float32; the scale is read as float32, as a .tflite file stores it.
 * What `quantize` rounded away does not come back: for values inside the range the error is at most
 * scale/2 (and float32's own rounding).
 *
 * @param q - integers, at least one; row-major when the parameters are per axis or group
 * @param params - the parameters they were quantized with, of any granularity
 * @returns one float32 an integer, in the unit of the scale
 * @throws ReaderError `value-not-finite`, `array-empty` or `not-an-array-of-numbers` for q;
 *   `scale-not-positive`, `not-an-integer-in-range`, `params-not-understood`, `params-wrong-length` or
 *   `shape-does-not-fit` for the parameters
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const params = { scale: 0.5, zeroPoint: 3 };
 * console.log(numerics.dequantize([3, 4, 2, 127], params)); // Float32Array(4) [ 0, 0.5, -0.5, 62 ]
 * ```
 * @see `Dequantize`, tensorflow/lite/kernels/internal/reference/dequantize.h
 */
export function dequantize(q: ArrayLike<number>, params: GivenParams): Float32Array<ArrayBuffer> {
  requireFiniteArray('q', q);
  const use = { values: q, valuesName: 'q', paramsName: 'params', intoRange: false };
  const { scales, zeroPoints, forEachRun } = readParams(params, use);
  const out = new Float32Array(q.length);
  forEachRun((param, start, count, stride) => {
    const scale = Math.fround(scales[param]!);
    const zeroPoint = zeroPoints[param]!;
    for (let k = 0, i = start; k < count; k++, i += stride) {
      out[i] = scale * (q[i]! - zeroPoint);
    }
  });
  return out;
}
