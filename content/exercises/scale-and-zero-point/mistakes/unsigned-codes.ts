/**
 * Counts the codes from 0 to 255 instead of from -128 to 127.
 *
 * @fails steps
 * @advice Your scale is right, but your zero point counts codes from 0, as uint8 does. The codes of int8 begin at −128: the smallest number must come out there, so your zero point is 128 too large.
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  const low = Math.min(min, 0);
  const scale = (Math.max(max, 0) - low) / 255;
  return { scale, zeroPoint: Math.round(-low / scale) };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}
