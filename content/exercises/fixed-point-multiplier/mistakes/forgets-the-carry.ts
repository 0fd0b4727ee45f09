/**
 * Lets the multiplier round up to 2^31.
 *
 * @fails carry
 * @advice A fraction which is all but 1 rounds up to 2^31, and that is one more than an int32 holds. Halve the multiplier then, and give the shift the one that you took.
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
  return { multiplier, shift };
}

export function scaleSum(sum: number, multiplier: number, shift: number): number {
  const product = Number((BigInt(sum) * BigInt(multiplier) + 2n ** 30n) >> 31n);
  const size = Math.floor(Math.abs(product) / 2 ** -shift + 0.5);
  return product < 0 ? -size : size;
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
