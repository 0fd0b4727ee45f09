/**
 * Averages the squared inputs and the curvatures apart, and multiplies the means.
 *
 * @fails example
 * @advice You averaged the inputs and the curvatures apart and multiplied the two means. An input counts where the unit is sensitive: for each example multiply *its* square by *its* curvature, and average the products.
 */
export function saliencies(
  weights: number[][],
  inputs: number[][],
  curvatures: number[][],
): number[][] {
  return weights.map((row, i) =>
    row.map((w, j) => {
      const h = mean(inputs.map((x) => x[i]! ** 2)) * mean(curvatures.map((c) => c[j]!));
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

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
