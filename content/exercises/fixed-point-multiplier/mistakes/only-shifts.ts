/**
 * Cuts off what the second shift takes away.
 *
 * @fails example
 * @advice A shift to the right does not round: it cuts off, always downwards, and every code comes out too low by half a unit on the average. Add half of the divisor to the size before you divide.
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
  const product = Number((BigInt(sum) * BigInt(multiplier) + 2n ** 30n) >> 31n);
  return Math.floor(product / 2 ** -shift);
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
