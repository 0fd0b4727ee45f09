const LOWEST_CODE = -128;
const HIGHEST_CODE = 127;

/**
 * Chooses the scale and zero point of int8 codes for numbers between `min` and `max`.
 *
 * @param min the smallest number that must be held, finite
 * @param max the largest, finite and not below `min`
 * @returns `scale`, positive, and `zeroPoint`, a whole number from −128 to 127: the code of 0
 * @throws RangeError if `min` or `max` is not finite or `min` is above `max`
 */
export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  requireRange(min, max);
  const low = Math.min(min, 0);
  const high = Math.max(max, 0);
  const scale = (high - low) / (HIGHEST_CODE - LOWEST_CODE);
  const zeroPoint = Math.round(LOWEST_CODE - low / scale);
  return { scale, zeroPoint: clamp(zeroPoint, LOWEST_CODE, HIGHEST_CODE) };
}

function requireRange(min: number, max: number): void {
  if (!Number.isFinite(min)) throw new RangeError(`min must be finite; it is ${min}.`);
  if (!Number.isFinite(max)) throw new RangeError(`max must be finite; it is ${max}.`);
  if (min > max)
    throw new RangeError(`min must not be above max; min is ${min} and max is ${max}.`);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
