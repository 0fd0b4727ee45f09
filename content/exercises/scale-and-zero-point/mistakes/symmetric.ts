/**
 * Keeps the symmetric rule, which gives 0 the code 0 and wastes a one-sided range.
 *
 * @fails steps
 * @advice You used the symmetric rule: the largest magnitude over 127, with code 0 for 0. It suits weights that lie evenly about 0. Here the range may lie to one side, and then half of your codes stand for numbers that never come.
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  return { scale: Math.max(Math.abs(min), Math.abs(max)) / 127, zeroPoint: 0 };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}
