/** The fixed-point functions of gemmlowp and TFLite, written from their C++ with exact integers. */

const int32 = (x: bigint): number => Number(BigInt.asIntN(32, x));

/** SaturatingRoundingDoublingHighMul: the nudge takes the sign of the product, the division truncates. */
export function highMul(a: number, b: number): number {
  if (a === b && a === -(2 ** 31)) return 2 ** 31 - 1;
  const product = BigInt(a) * BigInt(b);
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  return Number((product + nudge) / (1n << 31n));
}

/** RoundingDivideByPOT: half away from zero, by sign and magnitude. */
export function divideByPOT(x: number, exponent: number): number {
  if (exponent === 0) return x;
  const magnitude = BigInt(Math.abs(x));
  const rounded = (magnitude + (1n << BigInt(exponent - 1))) >> BigInt(exponent);
  return Number(x < 0 ? -rounded : rounded);
}

/** MultiplyByQuantizedMultiplier(int32), double rounding. */
export function multiply32(x: number, multiplier: number, shift: number): number {
  const shifted = int32(BigInt(x) << BigInt(Math.max(0, shift)));
  return divideByPOT(highMul(shifted, multiplier), Math.max(0, -shift));
}

/** MultiplyByQuantizedMultiplier(int64); undefined where the reference asserts that the result fits. */
export function multiply64(x: number, multiplier: number, shift: number): number | undefined {
  const reduced = multiplier < 0x7fff0000 ? BigInt((multiplier + (1 << 15)) >> 16) : 0x7fffn;
  const totalShift = BigInt(15 - shift);
  const result = (BigInt(x) * reduced + (1n << (totalShift - 1n))) >> totalShift;
  return BigInt.asIntN(32, result) === result ? Number(result) : undefined;
}
