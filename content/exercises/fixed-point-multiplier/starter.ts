/** A factor as integers: multiplier / 2³¹ · 2^shift. */
export interface FixedPoint {
  /** 2³⁰ ≤ multiplier < 2³¹. */
  multiplier: number;
  /** 0 or less. */
  shift: number;
}

/**
 * A factor as a multiplier and a shift.
 *
 * @param real above 2⁻³¹ and at most ½
 * @returns the nearest that there is
 * @throws RangeError if `real` is anything else
 */
export function toFixedPoint(real: number): FixedPoint {
  requireFactor(real);
  return { multiplier: real, shift: 0 }; // A fraction still: the device has no use for it.
}

/**
 * Takes a sum from its scale to that of the output, in integers.
 *
 * @param sum an int32
 * @param multiplier from {@link toFixedPoint}
 * @param shift from {@link toFixedPoint}, 0 or less
 * @returns a whole number, rounded twice
 */
export function scaleSum(sum: number, multiplier: number, shift: number): number {
  return sum + multiplier + shift; // Replace: first the product over 2³¹, then the shift.
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}

console.log(toFixedPoint(0.003), '(multiplier 1649267442, shift -8 expected)');
console.log(scaleSum(-16427, 1840600350, -9), '(-28 expected)');
