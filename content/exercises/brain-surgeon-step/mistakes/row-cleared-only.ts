/**
 * Clears row and column, and does not update the rest of the inverse.
 *
 * @fails again
 * @advice You struck row and column $q$ out of the inverse. That would be right for the Hessian itself; the inverse of what is left of a matrix is not what is left of its inverse. Subtract $c_i c_j / c_q$ from every other entry.
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
  const left = inverse.map((row, i) => row.map((value, j) => (i === q || j === q ? 0 : value)));
  return { removed: q, saliency: least, weights: moved, inverse: left };
}
