/**
 * Sums over the examples and does not divide.
 *
 * @fails example
 * @advice You added the examples up and did not divide by their number. The loss is a mean over examples, and so is its curvature; else a weight would be worth more whenever you look at more sheets.
 */
export function saliencies(
  weights: number[][],
  inputs: number[][],
  curvatures: number[][],
): number[][] {
  return weights.map((row, i) =>
    row.map((w, j) => {
      const h = inputs.reduce((sum, x, e) => sum + x[i]! ** 2 * curvatures[e]![j]!, 0);
      return (h * w ** 2) / 2;
    }),
  );
}

export function leastWorth(
  saliency: number[],
  count: number,
): { deleted: number[]; foretold: number } {
  if (!Number.isInteger(count) || count < 0 || count > saliency.length) {
    throw new RangeError(
      `count must be a whole number from 0 to ${saliency.length}; it is ${count}.`,
    );
  }
  const order = Array.from(saliency.keys()).sort((a, b) => saliency[a]! - saliency[b]! || a - b);
  const deleted = order.slice(0, count);
  return { deleted, foretold: deleted.reduce((sum, place) => sum + saliency[place]!, 0) };
}
