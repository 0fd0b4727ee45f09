/**
 * Functions of real numbers in integers alone, as gemmlowp computes them: a number with k integer bits is an
 * int32 in units of 2^(k − 31).
 *
 * @see fixedpoint/fixedpoint.h, google/gemmlowp
 */
import { divideByPOT, highMul } from '../../numerics/fixed-point.ts';

const INT32_MAX = 0x7fffffff;
const INT32_MIN = -0x80000000;

/** x·2^exponent, saturated. */
function multiplyByPOT(x: number, exponent: number): number {
  const product = x * 2 ** exponent;
  return product > INT32_MAX ? INT32_MAX : product < INT32_MIN ? INT32_MIN : product;
}

/** e^a for −¼ ≤ a < 0; no integer bits. A Taylor series of four terms about −⅛. */
function expNearZero(a: number): number {
  const constantTerm = 1895147668; // e^(−1/8)
  const oneThird = 715827883;
  const x = (a + (1 << 28)) | 0;
  const x2 = highMul(x, x);
  const x3 = highMul(x2, x);
  const x4 = highMul(x2, x2);
  const x4Over4 = divideByPOT(x4, 2);
  const rest = divideByPOT((highMul((x4Over4 + x3) | 0, oneThird) + x2) | 0, 1);
  return (constantTerm + highMul(constantTerm, (x + rest) | 0)) | 0;
}

/** e^(−2^n) for n = −2 … 4, no integer bits. */
const EXP_OF_POWERS = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

/** e^a for a ≤ 0 with `integerBits` integer bits (5 at most); the result has none. @internal */
export function expOnNegativeValues(a: number, integerBits: number): number {
  if (a === 0) return INT32_MAX;
  const fractionalBits = 31 - integerBits;
  const quarter = 1 << (fractionalBits - 2);
  const aModQuarter = ((a & (quarter - 1)) - quarter) | 0;
  let result = expNearZero(multiplyByPOT(aModQuarter, integerBits));
  const remainder = (aModQuarter - a) | 0;
  for (let exponent = -2; exponent < integerBits; exponent++) {
    if (remainder & (1 << (fractionalBits + exponent))) {
      result = highMul(result, EXP_OF_POWERS[exponent + 2]!);
    }
  }
  return result;
}

/** (a + b)/2, rounded half away from zero. */
function roundingHalfSum(a: number, b: number): number {
  const sum = a + b;
  return Math.trunc((sum + (sum >= 0 ? 1 : -1)) / 2);
}

/** 1/(1 + a) for 0 ≤ a ≤ 1, no integer bits: three steps of Newton's method. @internal */
export function oneOverOnePlus(a: number): number {
  const halfDenominator = roundingHalfSum(a, INT32_MAX);
  // Two integer bits from here on.
  const one = 1 << 29;
  let x = (1515870810 + highMul(halfDenominator, -1010580540)) | 0; // 48/17 − 32/17·d
  for (let i = 0; i < 3; i++) {
    const rest = (one - highMul(halfDenominator, x)) | 0;
    x = (x + multiplyByPOT(highMul(x, rest), 2)) | 0;
  }
  // Half of it has one integer bit; taking that away doubles the raw value.
  return multiplyByPOT(x, 1);
}

/** 1/x for x > 0: a fraction without integer bits, and the power of two that goes with it. @internal */
export function reciprocal(
  x: number,
  integerBits: number,
): { scale: number; bitsOverUnit: number } {
  const headroom = Math.clz32(x);
  const shifted = ((x << headroom) >>> 0) - 0x80000000;
  return { scale: oneOverOnePlus(shifted), bitsOverUnit: integerBits - headroom };
}
