/**
 * Moves the others the wrong way.
 *
 * @fails example
 * @advice Your others move the wrong way, and the loss becomes worse than if they had stood still. In the second example the entry off the diagonal is negative, and the weight that stays must *grow*.
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
  const moved = weights.map((w, j) => (j === q ? 0 : w + step * column[j]!));
  const left = inverse.map((row, i) =>
    row.map((value, j) =>
      i === q || j === q ? 0 : value - (column[i]! * column[j]!) / column[q]!,
    ),
  );
  return { removed: q, saliency: least, weights: moved, inverse: left };
}
