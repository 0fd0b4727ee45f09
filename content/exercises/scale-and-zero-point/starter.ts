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
  const scale = max - min; // The codes are to be spread over the range, and the range is to hold 0.
  const zeroPoint = 0; // Which code is 0 to have?
  return { scale, zeroPoint };
}

console.log(chooseScaleAndZeroPoint(-51, 204), '(scale 1 and zeroPoint -77 expected)');
