import { ReaderError } from '../../shared/reader-error.ts';
import { requireSameLength } from './arguments.ts';

function noDirection(name: string): ReaderError {
  return new ReaderError({
    code: 'no-direction',
    explain: `${name} holds zeros only, so it has no direction to compare.`,
    hint: 'Compare such values with mse or maxAbsError.',
  });
}

/**
 * Measures how nearly two lists of numbers point the same way.
 *
 * cos θ = Σxᵢyᵢ / (√Σxᵢ² · √Σyᵢ²). A common factor does not change it, so it misses a wrong scale.
 *
 * @param original - n finite numbers, n ≥ 1, not all 0
 * @param approximation - n finite numbers, not all 0
 * @returns from −1 to 1; 1 for the same direction
 * @throws ReaderError `no-direction`, `lengths-differ`, `array-empty`, `value-not-finite` or
 *   `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.cosineSimilarity([3, 4], [6, 8])); // 1
 * console.log(numerics.cosineSimilarity([1, 0], [0, 1])); // 0
 * ```
 * @see G. Salton, M. J. McGill, "Introduction to Modern Information Retrieval", McGraw-Hill 1983
 */
export function cosineSimilarity(
  original: ArrayLike<number>,
  approximation: ArrayLike<number>,
): number {
  requireSameLength(['original', 'approximation'], original, approximation);
  let dot = 0;
  let squareX = 0;
  let squareY = 0;
  for (let i = 0; i < original.length; i++) {
    const x = original[i]!;
    const y = approximation[i]!;
    dot += x * y;
    squareX += x * x;
    squareY += y * y;
  }
  if (squareX === 0) throw noDirection('original');
  if (squareY === 0) throw noDirection('approximation');
  // Rounding can carry the quotient a hair beyond ±1.
  return Math.min(1, Math.max(-1, dot / (Math.sqrt(squareX) * Math.sqrt(squareY))));
}
