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
  return sum * real; // Replace: in float32, and a whole number.
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
  console.log(multiplier, shift, from, to); // Try every sum, in both hands.
  return [];
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
  return count + shift; // Replace: how wide is the window, and how often does a sum fall into it?
}

function requireFactor(real: number): void {
  if (!(real > 0 && real < 1)) {
    throw new RangeError(`real must be above 0 and below 1; it is ${real}.`);
  }
}

console.log(roundOnce(11, 0.3125), roundOnce(8, 0.3125), '(3 and 2 expected)');
console.log(partings(0.3125, 0, 16), '(1, 4, 8, 11, 14 expected)');
console.log(promised(0.3125, 17), '(4.25 expected)');
