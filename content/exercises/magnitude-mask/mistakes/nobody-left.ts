/**
 * Lets the number to keep fall to 0.
 *
 * @fails one-left
 * @advice With few weights and a high sparsity you keep none at all, and a layer without weights passes nothing on. At least one stays.
 */
export function magnitudeMask(
  weights: Float32Array,
  sparsity: number,
): { mask: Uint8Array; threshold: number } {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const kept = roundHalfEven(weights.length * (1 - sparsity));
  const sizes = weights.map(Math.abs);
  const threshold = kept === 0 ? Infinity : sizes.toSorted()[weights.length - kept]!;
  return { mask: Uint8Array.from(sizes, (size) => (size >= threshold ? 1 : 0)), threshold };
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
