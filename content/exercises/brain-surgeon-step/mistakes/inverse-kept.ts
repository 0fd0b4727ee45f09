/**
 * Leaves the inverse as it was.
 *
 * @fails again
 * @advice The first step is right, and those after it go wrong, because your inverse still has the deleted weight in it. Whoever moves next would put work upon a weight that is gone: subtract $c_i c_j / c_q$, and clear row and column $q$.
 */
export function surgeonStep(
  weights: number[],
  inverse: number[][],
): { removed: number; saliency: number; weights: number[]; inverse: number[][] } {
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
  const left = inverse.map((row) => [...row]);
  return { removed: q, saliency: least, weights: moved, inverse: left };
}
