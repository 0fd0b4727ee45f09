/**
 * Takes the diagonal of the inverse for a curvature.
 *
 * @fails example
 * @advice You multiplied by the diagonal of the inverse. It is an inverse: a large entry means that the loss is flat in that direction, so it divides.
 */
export function surgeonStep(
  weights: number[],
  inverse: number[][],
): { removed: number; saliency: number; weights: number[]; inverse: number[][] } {
  let q = -1;
  let least = Infinity;
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    const saliency = (weight ** 2 * inverse[i]![i]!) / 2;
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
