/**
 * Multiplies in ordinary numbers.
 *
 * @fails exact
 * @advice Your product is an ordinary number, which keeps 53 bits, and the product of two int32 has as many as 62. The lowest are lost before you round, and a value just below a half then seems to be one. Multiply as BigInt, or split one factor in two.
 */
export interface FixedPoint {
  multiplier: number;
  shift: number;
}

export function toFixedPoint(real: number): FixedPoint {
  requireFactor(real);
  let shift = 0;
  let fraction = real;
  while (fraction < 0.5) {
    fraction *= 2;
    shift -= 1;
  }
  const multiplier = Math.round(fraction * 2 ** 31);
  return multiplier === 2 ** 31 ? { multiplier: 2 ** 30, shift: shift + 1 } : { multiplier, shift };
}

export function scaleSum(sum: number, multiplier: number, shift: number): number {
  const product = Math.floor((sum * multiplier + 2 ** 30) / 2 ** 31);
  const size = Math.floor(Math.abs(product) / 2 ** -shift + 0.5);
  return product < 0 ? -size : size;
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
