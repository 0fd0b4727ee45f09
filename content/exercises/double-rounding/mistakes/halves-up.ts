/**
 * Sends an exact half upwards.
 *
 * @fails even
 * @advice Math.round sends an exact half up, so that 2.5 becomes 3. The processor’s own rounding takes the even neighbour, 2. Look at what lies over the whole number below, and decide the half yourself.
 */
import { numerics } from 'heavy-weights';

export function roundOnce(sum: number, real: number): number {
  requireFactor(real);
  const product = Math.fround(Math.fround(sum) * Math.fround(real));
  return Math.round(product);
}

export function partings(real: number, from: number, to: number): number[] {
  requireFactor(real);
  const { multiplier, shift } = numerics.quantizeMultiplier(real);
  const found: number[] = [];
  for (let sum = from; sum <= to; sum++) {
    const twice = numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
    if (twice !== roundOnce(sum, real)) found.push(sum);
  }
  return found;
}

export function promised(real: number, count: number): number {
  requireFactor(real);
  const { shift } = numerics.quantizeMultiplier(real);
  return shift < 0 ? count * 2 ** (shift - 1) : 0;
}

function requireFactor(real: number): void {
  if (!(real > 0 && real < 1)) {
    throw new RangeError(`real must be above 0 and below 1; it is ${real}.`);
  }
}
