/**
 * Rounds the product and the shift together.
 *
 * @fails twice
 * @advice You divide by 2^31 and by the shift at once and round once, which is the better arithmetic and not what the kernels do. They round the product to a whole number first; now and then that makes an exact half where there was none.
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
  const product = BigInt(sum) * BigInt(multiplier);
  const size = product < 0n ? -product : product;
  const right = 31n - BigInt(shift);
  const rounded = Number((2n * size + 2n ** right) >> (right + 1n));
  return product < 0n ? -rounded : rounded;
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
