/** Which weights are kept. */
export interface Mask {
  /** 1 where a weight is kept and 0 where it is struck out. */
  mask: Uint8Array;
  /** The smallest size that is kept. */
  threshold: number;
}

/**
 * Strikes out the smallest weights; those that tie with the threshold are all kept.
 *
 * @param weights finite, at least one; left as they are
 * @param sparsity share to strike out, from 0 up to, but not, 1
 * @returns `mask`, as long as the weights, and `threshold`
 * @throws RangeError if `sparsity` is out of its range
 */
export function magnitudeMask(weights: Float32Array, sparsity: number): Mask {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw new RangeError(`sparsity must be from 0 up to, but not, 1; it is ${sparsity}.`);
  }
  const sizes = weights.map(Math.abs);
  const kept = Math.max(roundHalfEven(weights.length * (1 - sparsity)), 1);
  const threshold = sizes.toSorted()[weights.length - kept]!; // the smallest first
  return { mask: Uint8Array.from(sizes, (size) => (size >= threshold ? 1 : 0)), threshold };
}

/** The nearest whole number, of two equally near the even one. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
