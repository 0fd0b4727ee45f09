import { requireSameLength } from './arguments.ts';

/**
 * Measures the signal-to-quantization-noise ratio in decibels.
 *
 * SQNR = 10·log₁₀(Σxᵢ² / Σ(xᵢ − yᵢ)²). Each further bit is worth about 6 dB.
 *
 * @param original - n finite numbers, n ≥ 1
 * @param approximation - n finite numbers
 * @returns decibels; Infinity for an exact approximation, −Infinity when the original is all zeros and
 *   the approximation is not
 * @throws ReaderError `lengths-differ`, `array-empty`, `value-not-finite` or `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.sqnr([10, 0], [9, 0])); // 20
 * ```
 * @see R. M. Gray, D. L. Neuhoff, "Quantization", IEEE Transactions on Information Theory 44(6), 1998
 */
export function sqnr(original: ArrayLike<number>, approximation: ArrayLike<number>): number {
  requireSameLength(['original', 'approximation'], original, approximation);
  let signal = 0;
  let noise = 0;
  for (let i = 0; i < original.length; i++) {
    const value = original[i]!;
    const error = value - approximation[i]!;
    signal += value * value;
    noise += error * error;
  }
  return noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
}
