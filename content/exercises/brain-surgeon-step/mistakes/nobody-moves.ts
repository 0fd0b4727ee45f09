/**
 * Deletes and lets the others stand: Optimal Brain Damage.
 *
 * @fails example
 * @advice You chose the right weight and let the others stand. Where two inputs are alike, what one weight did the other can do: subtract $w_q [H^{-1}]_{jq} / [H^{-1}]_{qq}$ from each.
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
  const moved = weights.map((w, j) => (j === q ? 0 : w));
  const left = inverse.map((row, i) =>
    row.map((value, j) =>
      i === q || j === q ? 0 : value - (column[i]! * column[j]!) / column[q]!,
    ),
  );
  return { removed: q, saliency: least, weights: moved, inverse: left };
}
