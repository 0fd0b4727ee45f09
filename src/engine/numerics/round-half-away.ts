/**
 * Rounds to the nearest integer; a number halfway between two goes to the one further from zero.
 *
 * round(x) = sign(x)·⌊|x| + ½⌋, so 2.5 → 3 and −2.5 → −3. `Math.round` differs: it takes −2.5 to −2.
 * Exact for every double. This is C's `std::round`, which TFLite quantizes with.
 *
 * @param x - any number; NaN and ±Infinity come back as they are
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log([2.5, -2.5, -2.4].map(numerics.roundHalfAway)); // [ 3, -3, -2 ]
 * console.log(Math.round(-2.5)); // -2
 * ```
 * @see `TfLiteRound`, tensorflow/lite/kernels/internal/cppmath.h
 */
export function roundHalfAway(x: number): number {
  // Adding 0 turns −0 into 0.
  return (x < 0 ? -Math.round(-x) : Math.round(x)) + 0;
}
