/**
 * Keeps only what is above the threshold.
 *
 * @fails example
 * @advice You keep what is *above* the threshold. The threshold is itself the size of a weight that is to stay, so keep what is at least as large.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const kept = Math.max(roundHalfEven(weights.length * (1 - sparsity)), 1);
  const sizes = weights.map(Math.abs);
  const threshold = sizes.toSorted()[weights.length - kept]!;
  return { mask: Uint8Array.from(sizes, (size) => (size > threshold ? 1 : 0)), threshold };
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
