/**
 * Promises partings where nothing is shifted.
 *
 * @fails no-shift
 * @advice For a factor of a half or more the shift is 0: the product is the code, there is no second rounding, and no window.
 */
import { numerics } from 'heavy-weights';

export function roundOnce(sum: number, real: number): number {
  requireFactor(real);
  const product = Math.fround(Math.fround(sum) * Math.fround(real));
  const below = Math.floor(product);
  const rest = product - below;
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1;
  return rest < 0.5 ? below : below + 1;
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
  return count * 2 ** (shift - 1);
}

function requireFactor(real: number): void {
  if (!(real > 0 && real < 1)) {
    throw new RangeError(`real must be above 0 and below 1; it is ${real}.`);
  }
}
