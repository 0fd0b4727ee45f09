import { requireSameLength } from './arguments.ts';

/**
 * Measures the mean squared error between values and their approximation.
 *
 * MSE = (1/n)·Σ(xᵢ − yᵢ)², summed in double precision.
 *
 * @param original - n finite numbers, n ≥ 1
 * @param approximation - n finite numbers
 * @returns at least 0, in the square of the values' unit
 * @throws ReaderError `lengths-differ`, `array-empty`, `value-not-finite` or `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.mse([1, 2, 3], [1, 2, 6])); // 3
 * ```
 * @see R. M. Gray, D. L. Neuhoff, "Quantization", IEEE Transactions on Information Theory 44(6), 1998
 */
export function mse(original: ArrayLike<number>, approximation: ArrayLike<number>): number {
  requireSameLength(['original', 'approximation'], original, approximation);
  let sum = 0;
  for (let i = 0; i < original.length; i++) {
    const error = original[i]! - approximation[i]!;
    sum += error * error;
  }
  return sum / original.length;
}
