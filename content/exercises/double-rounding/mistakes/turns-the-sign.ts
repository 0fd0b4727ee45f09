/**
 * Works a negative sum as the positive one.
 *
 * @fails negative
 * @advice You took the size of a negative sum and turned the sign afterwards. After the product the reference sends an exact half up, not away from zero, so −4 and 4 are not mirror images: give it the sum as it is.
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
    const twice =
      Math.sign(sum) * numerics.multiplyByQuantizedMultiplier(Math.abs(sum), multiplier, shift);
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
