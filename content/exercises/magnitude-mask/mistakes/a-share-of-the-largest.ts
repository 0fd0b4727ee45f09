/**
 * Strikes out what is below a share of the largest weight.
 *
 * @fails example
 * @advice You took the sparsity as a share of the largest *size*: half of the largest weight, and not half of the weights. Sort the sizes and count.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const sizes = weights.map(Math.abs);
  const threshold = sparsity * sizes.reduce((most, size) => Math.max(most, size), 0);
  return { mask: Uint8Array.from(sizes, (size) => (size >= threshold ? 1 : 0)), threshold };
}
