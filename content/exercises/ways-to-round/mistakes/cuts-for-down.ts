/**
 * Strikes the fraction out where the rule is to go down.
 *
 * @fails below
 * @advice Your *down* strikes the fraction out, and below zero that leads upwards: −2.5 becomes −2. Down means the largest whole number that is not above x, so −3.
 */
export type Way = 'half-away' | 'half-even' | 'half-up' | 'down' | 'towards-zero';

const WAYS: Record<Way, (x: number) => number> = {
  'half-away': (x) => Math.sign(x) * Math.round(Math.abs(x)),
  'half-even': (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  'half-up': (x) => Math.round(x),
  down: (x) => Math.trunc(x),
  'towards-zero': (x) => Math.trunc(x),
};

export function roundBy(way: Way, x: number): number {
  if (!Object.hasOwn(WAYS, way)) throw new RangeError(`There is no way of rounding called ${way}.`);
  return WAYS[way](x);
}

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
