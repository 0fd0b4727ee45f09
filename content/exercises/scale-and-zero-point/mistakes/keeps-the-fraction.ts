/**
 * Returns the exact code of 0, which lies between two codes.
 *
 * @fails any-range
 * @advice Your zero point has a fraction. There is no code between two codes: with such a zero point 0 itself could not be stored, and nothing else would be where you put it. Round it to a whole number.
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  const low = Math.min(min, 0);
  const scale = (Math.max(max, 0) - low) / 255;
  return { scale, zeroPoint: -128 - low / scale };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}
