/**
 * Sends halves up at the second rounding too.
 *
 * @fails second-half
 * @advice At the shift you send −1.5 to −1. There a half goes away from zero, to −2: round the size, and put the sign back afterwards. Math.round sends halves up.
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
  return Math.round(product / 2 ** -shift);
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
