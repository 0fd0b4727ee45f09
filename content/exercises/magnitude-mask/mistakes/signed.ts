/**
 * Compares the weights with their signs.
 *
 * @fails example
 * @advice You compared the weights as they are, so that every negative one counts as smaller than any positive one. −0.9 matters as much as 0.9: compare absolute values.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const kept = Math.max(roundHalfEven(weights.length * (1 - sparsity)), 1);
  const threshold = weights.toSorted()[weights.length - kept]!;
  return { mask: Uint8Array.from(weights, (weight) => (weight >= threshold ? 1 : 0)), threshold };
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
