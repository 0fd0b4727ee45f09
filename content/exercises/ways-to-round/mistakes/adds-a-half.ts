/**
 * Builds the nearest from an added half, and the addition itself rounds.
 *
 * @fails near-a-half
 * @advice You add 0.5 and take the floor. The sum of 0.49999999999999994 and 0.5 has no double of its own and is rounded to 1 before the floor sees it, so a number below one half goes up. Math.round does not add.
 */
export type Way = 'half-away' | 'half-even' | 'half-up' | 'down' | 'towards-zero';

const WAYS: Record<Way, (x: number) => number> = {
  'half-away': (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  'half-even': (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  'half-up': (x) => Math.floor(x + 0.5),
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
