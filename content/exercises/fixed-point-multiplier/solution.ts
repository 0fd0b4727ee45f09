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
  let shift = 0;
  let fraction = real;
  while (fraction < 0.5) {
    fraction *= 2;
    shift -= 1;
  }
  const multiplier = Math.round(fraction * 2 ** 31);
  return multiplier === 2 ** 31 ? { multiplier: 2 ** 30, shift: shift + 1 } : { multiplier, shift };
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
  // A shift to the right rounds down, so that half a unit added first sends halves up.
  const product = Number((BigInt(sum) * BigInt(multiplier) + 2n ** 30n) >> 31n);
  const size = Math.floor(Math.abs(product) / 2 ** -shift + 0.5);
  return product < 0 ? -size : size;
}

function requireFactor(real: number): void {
  if (!(real > 2 ** -31 && real <= 0.5)) {
    throw new RangeError(`real must be above 2^-31 and at most 0.5; it is ${real}.`);
  }
}
