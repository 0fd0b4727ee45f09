export type Way = 'half-away' | 'half-even' | 'half-up' | 'down' | 'towards-zero';

const WAYS: Record<Way, (x: number) => number> = {
  'half-away': (x) => Math.sign(x) * Math.round(Math.abs(x)),
  'half-even': (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  'half-up': (x) => Math.round(x),
  down: (x) => Math.floor(x),
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
  let outwards = 0;
  for (const x of values) {
    const error = roundBy(way, x) - x;
    right += error / values.length;
    outwards += (error * Math.sign(x)) / values.length;
  }
  return { right, outwards };
}
