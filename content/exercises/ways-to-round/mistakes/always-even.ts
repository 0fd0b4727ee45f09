/**
 * Sends every number to an even one, halves or not.
 *
 * @fails nearest
 * @advice Your *half to even* makes even numbers of everything: 1.2 becomes 2. The rule speaks of exact halves only; every other number goes to its nearest neighbour, odd or even.
 */
export type Way = 'half-away' | 'half-even' | 'half-up' | 'down' | 'towards-zero';

const WAYS: Record<Way, (x: number) => number> = {
  'half-away': (x) => Math.sign(x) * Math.round(Math.abs(x)),
  'half-even': (x) => 2 * Math.round(x / 2),
  'half-up': (x) => Math.round(x),
  down: (x) => Math.floor(x),
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
