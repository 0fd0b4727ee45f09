/**
 * The fixed-point steps without their checks, for loops whose arguments are known to be good.
 * JavaScript's numbers are exact to 2^53 and an int32 product needs 62 bits, so a factor is split.
 */

/** ⌊(a·b + 2^30) / 2^31⌋ for int32 a and b, saturated. @internal */
export function highMul(a: number, b: number): number {
  // a = high·2^16 + low: both partial products stay below 2^48.
  const low = (a & 0xffff) * b + 0x40000000;
  const high = (a >> 16) * b;
  // Dropping the low 16 bits first does not change the floor; the divisions are by powers of two.
  const result = Math.floor((high + Math.floor(low / 0x10000)) / 0x8000);
  // Only (−2^31)² overflows. The `| 0` tells the compiler that what it gives is an int32.
  return result === 0x80000000 ? 0x7fffffff : result | 0;
}

/** x / 2^exponent for int32 x and exponent 0 … 31, rounded half away from zero. @internal */
export function divideByPOT(x: number, exponent: number): number {
  const mask = ((1 << exponent) - 1) | 0;
  // Sign bits are added rather than branched on: no processor foresees the sign of an accumulator.
  const threshold = (mask >> 1) + (x >>> 31);
  return (x >> exponent) + ((threshold - (x & mask)) >>> 31);
}

/** round(round(x·2^max(shift, 0)·multiplier / 2^31) / 2^max(−shift, 0)). @internal */
export function multiply32(x: number, multiplier: number, shift: number): number {
  return shift > 0 ? highMul(x << shift, multiplier) : divideByPOT(highMul(x, multiplier), -shift);
}

/** The multiplier in 16 bits: rounded to its upper half, 0x7fff at most. @internal */
export function reduceMultiplier(multiplier: number): number {
  return multiplier < 0x7fff0000 ? (multiplier + 0x8000) >> 16 : 0x7fff;
}

/**
 * ⌊(x·reduced + 2^(14−shift)) / 2^(15−shift)⌋ for |x| ≤ 2^47, a reduced multiplier, shift −31 … 7.
 * @internal
 */
export function multiply64(x: number, reduced: number, shift: number): number {
  const totalShift = 15 - shift;
  // x = high·2^24 + low: both partial products, and the rounding term, stay below 2^46.
  const high = Math.floor(x / 0x1000000);
  const low = (x - high * 0x1000000) * reduced + 2 ** (totalShift - 1);
  return totalShift >= 24
    ? Math.floor((high * reduced + Math.floor(low / 0x1000000)) / 2 ** (totalShift - 24))
    : high * reduced * 2 ** (24 - totalShift) + Math.floor(low / 2 ** totalShift);
}
