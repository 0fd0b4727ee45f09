/**
 * Takes the window for a whole unit wide.
 *
 * @fails promised
 * @advice Your window is a whole unit of the first rounding. A product is carried on to the half only from the half of a unit below it, so the window is half a unit, and the share 2^(k − 1).
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
  return shift < 0 ? count * 2 ** shift : 0;
}

function requireFactor(real: number): void {
  if (!(real > 0 && real < 1)) {
    throw new RangeError(`real must be above 0 and below 1; it is ${real}.`);
  }
}
