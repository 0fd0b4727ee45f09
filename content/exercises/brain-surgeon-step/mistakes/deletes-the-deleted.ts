/**
 * Deletes what has been deleted.
 *
 * @fails dead
 * @advice A weight that is 0 costs nothing to delete, so you delete it again, and never come to another. Leave out those that are 0.
 */
export function surgeonStep(
  weights: number[],
  inverse: number[][],
): { removed: number; saliency: number; weights: number[]; inverse: number[][] } {
  let q = -1;
  let least = Infinity;
  for (const [i, weight] of weights.entries()) {
    const saliency = weight ** 2 / (2 * inverse[i]![i]!);
    if (saliency < least) [q, least] = [i, saliency];
  }
  if (q < 0 || weights.every((weight) => weight === 0))
    throw new Error('weights must hold one that is not 0.');
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
