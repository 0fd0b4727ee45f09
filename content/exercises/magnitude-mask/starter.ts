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
  const threshold = 0; // How large is the k-th largest?
  return { mask: new Uint8Array(weights.length).fill(1), threshold };
}

/** The nearest whole number, of two equally near the even one. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

const { mask, threshold } = magnitudeMask(new Float32Array([0.3, -0.9, 0.1, 0.5]), 0.5);
console.log(mask.join(' '), threshold, '(0 1 0 1 and 0.5 expected)');
console.log(roundHalfEven(2.5), '(2 expected)');
