/**
 * Lays the interval evenly about the counted rate.
 *
 * @fails any
 * @advice Your interval lies evenly about the counted rate. Wilson’s does not: its centre is $\hat a + z^2/2n$ before the division, which draws it towards a half, since there is more room on that side.
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
  const square = z * z;
  const spread = z * Math.sqrt((rate * (1 - rate)) / total + square / (4 * total * total));
  const scale = 1 + square / total;
  return { low: Math.max(0, rate - spread / scale), high: Math.min(1, rate + spread / scale) };
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
