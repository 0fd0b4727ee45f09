/**
 * Divides the range by the number of codes instead of the steps between them.
 *
 * @fails steps
 * @advice You divided the range by 256, the number of codes. Between 256 codes there are 255 steps, as there are four gaps between five fence posts: with your scale the largest number lies one step beyond the last code.
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  const low = Math.min(min, 0);
  const scale = (Math.max(max, 0) - low) / 256;
  const zeroPoint = Math.round(-128 - low / scale);
  return { scale, zeroPoint: Math.min(127, Math.max(-128, zeroPoint)) };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}
