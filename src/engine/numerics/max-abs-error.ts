import { requireSameLength } from './arguments.ts';

/**
 * Finds the largest distance between a value and its approximation.
 *
 * max|xᵢ − yᵢ|. Rounding alone keeps it at or below scale/2; more than that is saturation.
 *
 * @param original - n finite numbers, n ≥ 1
 * @param approximation - n finite numbers
 * @returns at least 0, in the unit of the values
 * @throws ReaderError `lengths-differ`, `array-empty`, `value-not-finite` or `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.maxAbsError([1, 2, 3], [1.25, 2, 2.5])); // 0.5
 * ```
 * @see N. J. Higham, "Accuracy and Stability of Numerical Algorithms", SIAM 2002, section 6.2 (the ∞-norm)
 */
export function maxAbsError(original: ArrayLike<number>, approximation: ArrayLike<number>): number {
  requireSameLength(['original', 'approximation'], original, approximation);
  let largest = 0;
  for (let i = 0; i < original.length; i++) {
    const error = Math.abs(original[i]! - approximation[i]!);
    if (error > largest) largest = error;
  }
  return largest;
}
