import { numerics } from 'heavy-weights';

/**
 * A sum times a factor, in float32 and rounded once.
 *
 * @param sum a whole number
 * @param real above 0 and below 1
 * @returns the nearest whole number, of two the even one
 * @throws RangeError if `real` is anything else
 */
export function roundOnce(sum: number, real: number): number {
  requireFactor(real);
  const product = Math.fround(Math.fround(sum) * Math.fround(real));
  const below = Math.floor(product);
  const rest = product - below;
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1;
  return rest < 0.5 ? below : below + 1;
}

/**
 * The sums at which rounding twice and rounding once give different numbers.
 *
 * @param real above 0 and below 1
 * @param from the smallest sum
 * @param to the largest sum, which is tried as well
 * @returns the sums, from the smallest up
 * @throws RangeError if `real` is anything else
 */
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

/**
 * How many of so many sums part, by the width of the window.
 *
 * @param real above 0 and below 1
 * @param count how many sums
 * @returns a number that need not be whole
 * @throws RangeError if `real` is anything else
 */
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
