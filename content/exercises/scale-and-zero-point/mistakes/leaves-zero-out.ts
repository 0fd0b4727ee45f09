/**
 * Spreads the codes over the range as given, though 0 lies outside it.
 *
 * @fails holds-zero
 * @advice Your codes are spread over the range exactly as it was given. When 0 lies outside it, 0 has no code: padding and every idle unit would come out as something else. Move the nearer end of the range to 0 before you divide.
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  const scale = (max - min) / 255;
  const zeroPoint = Math.round(-128 - min / scale);
  return { scale, zeroPoint: Math.min(127, Math.max(-128, zeroPoint)) };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}
