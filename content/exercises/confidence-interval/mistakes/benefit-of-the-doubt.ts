/**
 * Passes whatever has not been shown to fail.
 *
 * @fails third-answer
 * @advice Your `standing` passes a reader whenever the high end reaches the required rate. That is not to have been shown to fail. To pass, the _low_ end has to reach it; between the two nothing is shown.
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
  const centre = rate + square / (2 * total);
  const spread = z * Math.sqrt((rate * (1 - rate)) / total + square / (4 * total * total));
  const scale = 1 + square / total;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

export function standing(correct: number, total: number, required: number, z: number): Standing {
  requireRate(required);
  const { high } = wilson(correct, total, z);
  return high >= required ? 'passes' : 'fails';
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
