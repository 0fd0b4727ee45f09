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
  let q = -1;
  let least = Infinity;
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    const saliency = weight ** 2 / (2 * inverse[i]![i]!);
    if (saliency < least) [q, least] = [i, saliency];
  }
  if (q < 0) throw new Error('weights must hold one that is not 0.');
  const column = inverse.map((row) => row[q]!);
  const step = weights[q]! / column[q]!;
  const moved = weights.map((w, j) => (j === q ? 0 : w - step * column[j]!));
  const left = inverse.map((row, i) =>
    row.map((value, j) =>
      i === q || j === q ? 0 : value - (column[i]! * column[j]!) / column[q]!,
    ),
  );
  return { removed: q, saliency: least, weights: moved, inverse: left };
}
