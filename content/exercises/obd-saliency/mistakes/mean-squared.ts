/**
 * Squares the mean input instead of averaging the squares.
 *
 * @fails example
 * @advice You squared the average of the input. An input that is now +0.1 and now −0.1 averages to nothing, and yet its weight is heard every time. Square first.
 */
export function saliencies(
  weights: number[][],
  inputs: number[][],
  curvatures: number[][],
): number[][] {
  return weights.map((row, i) =>
    row.map((w, j) => {
      const h = mean(inputs.map((x, e) => x[i]! * Math.sqrt(curvatures[e]![j]!))) ** 2;
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
