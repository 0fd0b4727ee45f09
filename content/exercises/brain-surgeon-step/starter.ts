/** What one deletion leaves. */
export interface Step {
  /** Place of the weight that went. */
  removed: number;
  /** What it cost: w²/(2·[H⁻¹]_qq). */
  saliency: number;
  /** The weights after it, exactly 0 at that place. */
  weights: number[];
  /** The inverse Hessian of those that are left, exactly 0 in that row and column. */
  inverse: number[][];
}

/**
 * Deletes the weight that the loss can spare most, and moves the others to make up for it.
 *
 * @param weights 0 where a weight is deleted already; left as they are
 * @param inverse of the Hessian, symmetric; left as it is
 * @throws Error if no weight is left
 */
export function surgeonStep(weights: number[], inverse: number[][]): Step {
  // The smallest goes, and nobody moves. Which should go, and where do the others go then?
  let q = -1;
  for (const [i, weight] of weights.entries()) {
    if (weight !== 0 && (q < 0 || Math.abs(weight) < Math.abs(weights[q]!))) q = i;
  }
  if (q < 0) throw new Error('weights must hold one that is not 0.');
  return {
    removed: q,
    saliency: 0,
    weights: weights.map((weight, i) => (i === q ? 0 : weight)),
    inverse: inverse.map((row) => [...row]),
  };
}

console.log(
  surgeonStep(
    [3, 0.5],
    [
      [100, 0],
      [0, 0.25],
    ],
  ),
  '(0 goes, at 0.045)',
);
console.log(
  surgeonStep(
    [1, 1],
    [
      [4 / 3, -2 / 3],
      [-2 / 3, 4 / 3],
    ],
  ),
  '(0 goes, and 1.5 is left)',
);
