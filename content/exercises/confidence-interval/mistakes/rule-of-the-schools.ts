/**
 * Puts the counted rate under the root, and nothing else.
 *
 * @fails perfect
 * @advice Your interval is the counted rate, plus and minus z times the root of rate·(1 − rate)/total. After a perfect count it has no width, and near 1 it goes past it. Wilson’s interval has $z^2/4n^2$ under the root as well, moves the centre by $z^2/2n$, and divides both by $1 + z^2/n$.
 */
/** Rates from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** What a count shows of a required rate. */
export type Standing = 'passes' | 'fails' | 'not shown';

export function wilson(correct: number, total: number, z: number): Interval {
  requireCount('total', total, 1, Number.MAX_SAFE_INTEGER);
  requireCount('correct', correct, 0, total);
  requireErrors(z);
  const rate = correct / total;
  const spread = z * Math.sqrt((rate * (1 - rate)) / total);
  return { low: Math.max(0, rate - spread), high: Math.min(1, rate + spread) };
}

export function standing(correct: number, total: number, required: number, z: number): Standing {
  requireRate(required);
  const { low, high } = wilson(correct, total, z);
  if (low >= required) return 'passes';
  return high < required ? 'fails' : 'not shown';
}

function requireCount(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}; it is ${value}.`);
}

function requireErrors(z: number): void {
  if (z > 0 && z < Infinity) return;
  throw new RangeError(`z must be above 0 and finite; it is ${z}.`);
}

function requireRate(required: number): void {
  if (required >= 0 && required <= 1) return;
  throw new RangeError(`required must be a rate from 0 to 1; it is ${required}.`);
}
