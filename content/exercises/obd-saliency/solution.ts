/**
 * What deleting each weight of a dense layer would add to the loss.
 *
 * @param weights k rows, one for each input, of m units
 * @param inputs a row of k numbers for each example
 * @param curvatures a row of m numbers for each example: of its loss, in the sum of each unit
 * @returns h·w²/2 for each weight, in the form of `weights`
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

/** Which weights go first, and what that should cost. */
export interface Strike {
  /** Places of the deleted weights, the least worth first. */
  deleted: number[];
  /** Sum of their saliencies. */
  foretold: number;
}

/**
 * The weights of least saliency.
 *
 * @param saliency of each weight, 0 or more; left as it is
 * @param count how many are to go
 * @returns their places, of equal ones the earlier first, and the rise of the loss that they foretell
 * @throws RangeError if `count` is no whole number from 0 to the length of the list
 */
export function leastWorth(saliency: number[], count: number): Strike {
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
