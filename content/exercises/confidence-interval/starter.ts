/** Rates from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** What a count shows of a required rate. */
export type Standing = 'passes' | 'fails' | 'not shown';

/**
 * Wilson's interval for the true rate of a reader.
 *
 * @param correct images read, 0 … total
 * @param total images tried, at least 1
 * @param z standard errors that are allowed, above 0
 * @returns the two ends, within 0 … 1
 * @throws RangeError naming the argument
 */
export function wilson(correct: number, total: number, z: number): Interval {
  requireCount('total', total, 1, Number.MAX_SAFE_INTEGER);
  requireCount('correct', correct, 0, total);
  requireErrors(z);
  const rate = correct / total;
  return { low: rate, high: rate }; // How far may the true rate be from this one?
}

/**
 * Whether the count shows that a reader has the rate that is required.
 *
 * @param correct images read, 0 … total
 * @param total images tried, at least 1
 * @param required a rate, 0 … 1
 * @param z standard errors that are allowed, above 0
 * @throws RangeError naming the argument
 */
export function standing(correct: number, total: number, required: number, z: number): Standing {
  requireRate(required);
  const { low } = wilson(correct, total, z);
  return low >= required ? 'passes' : 'fails'; // There is a third answer.
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

console.log(wilson(100, 100, 1.96), '(low 0.96301…, high 1 expected)');
console.log(standing(197, 200, 0.985, 1.96), "('not shown' expected)");
