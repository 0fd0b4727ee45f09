/**
 * Strikes out the most salient.
 *
 * @fails example
 * @advice You strike out the weights that are worth the most. Deletion begins at the other end, with the least saliency.
 */
export function saliencies(
  weights: number[][],
  inputs: number[][],
  curvatures: number[][],
): number[][] {
  return weights.map((row, i) =>
    row.map((w, j) => {
      const h = mean(inputs.map((x, e) => x[i]! ** 2 * curvatures[e]![j]!));
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
  const order = Array.from(saliency.keys()).sort((a, b) => saliency[b]! - saliency[a]! || a - b);
  const deleted = order.slice(0, count);
  return { deleted, foretold: deleted.reduce((sum, place) => sum + saliency[place]!, 0) };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
