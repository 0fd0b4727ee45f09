/**
 * Rounds a half up.
 *
 * @fails half
 * @advice Where $n(1 - \text{sparsity})$ ends in a half, you went up every time: `Math.round` does so. Of two whole numbers equally near, take the even one.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const kept = Math.max(Math.round(weights.length * (1 - sparsity)), 1);
  const sizes = weights.map(Math.abs);
  const threshold = sizes.toSorted()[weights.length - kept]!;
  return { mask: Uint8Array.from(sizes, (size) => (size >= threshold ? 1 : 0)), threshold };
}
