import { roundHalfAway } from '../../numerics/round-half-away.ts';

const QMIN = -128;
const QMAX = 127;
const { fround } = Math;

/**
 * Quantizes floats on the fly, as dynamic-range kernels do for each example: asymmetric int8 over the range of
 * just these values, widened to hold 0. The values come without their zero point, −255 … 255, so that padding is 0.
 *
 * @returns the scale
 * @see `PortableAsymmetricQuantizeFloats`, tensorflow/lite/kernels/internal/reference/portable_tensor_utils.cc
 * @internal
 */
export function quantizeOnTheFly(
  floats: Float32Array,
  start: number,
  count: number,
  values: Int16Array,
): number {
  let min = 0;
  let max = 0;
  for (let i = start; i < start + count; i++) {
    const value = floats[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min === max) {
    values.fill(0, 0, count);
    return 1;
  }
  const scale = (max - min) / (QMAX - QMIN);
  const fromMin = QMIN - min / scale;
  const fromMax = QMAX - max / scale;
  const errorFromMin = Math.abs(QMIN) + Math.abs(min / scale);
  const errorFromMax = Math.abs(QMAX) + Math.abs(max / scale);
  const exact = errorFromMin < errorFromMax ? fromMin : fromMax;
  const zeroPoint = exact <= QMIN ? QMIN : exact >= QMAX ? QMAX : roundHalfAway(exact);
  const stored = fround(scale);
  const inverse = fround(1 / stored);
  for (let i = 0; i < count; i++) {
    const q = roundHalfAway(fround(zeroPoint + fround(inverse * floats[start + i]!)));
    values[i] = (q < QMIN ? QMIN : q > QMAX ? QMAX : q) - zeroPoint;
  }
  return stored;
}
