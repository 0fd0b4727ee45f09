export type Way = 'half-away' | 'half-even' | 'half-up' | 'down' | 'towards-zero';

// Each way is one expression. The last one is done.
const WAYS: Record<Way, (x: number) => number> = {
  'half-away': (x) => x,
  'half-even': (x) => x,
  'half-up': (x) => x,
  down: (x) => x,
  'towards-zero': (x) => Math.trunc(x),
};

/**
 * Makes a whole number of any other.
 *
 * @param way what becomes of the fraction
 * @param x finite, |x| ≤ 2^31
 * @returns a whole number
 * @throws RangeError if there is no such way
 */
export function roundBy(way: Way, x: number): number {
  if (!Object.hasOwn(WAYS, way)) throw new RangeError(`There is no way of rounding called ${way}.`);
  return WAYS[way](x);
}

/**
 * Mean errors of a way of rounding.
 *
 * @param way what becomes of the fraction
 * @param values at least one finite number
 * @returns `right`, the mean error; `outwards`, the mean error away from zero
 * @throws RangeError if there is no such way, or `values` is empty
 */
export function drift(way: Way, values: number[]): { right: number; outwards: number } {
  if (values.length === 0) throw new RangeError('values must hold at least one number.');
  let right = 0;
  const outwards = 0; // What is an error away from zero, for a number below it?
  for (const x of values) right += (roundBy(way, x) - x) / values.length;
  return { right, outwards };
}

console.log(roundBy('half-away', -2.5), '(-3 expected)');
console.log(drift('half-up', [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]), '(right 0.25, outwards 0)');
