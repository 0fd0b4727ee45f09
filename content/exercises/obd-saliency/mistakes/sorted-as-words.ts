/**
 * Sorts numbers as words.
 *
 * @fails example
 * @advice `sort` without a comparison compares the numbers as words, letter by letter, and puts 10 before 9. Give it a function: `(a, b) => a - b`, or here the saliencies at the two places.
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
  const order = Array.from(saliency.keys()).sort((a, b) =>
    String(saliency[a]) < String(saliency[b]) ? -1 : 1,
  );
  const deleted = order.slice(0, count);
  return { deleted, foretold: deleted.reduce((sum, place) => sum + saliency[place]!, 0) };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
