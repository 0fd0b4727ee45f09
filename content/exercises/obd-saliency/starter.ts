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
  const [x, c] = [inputs[0]!, curvatures[0]!]; // What of the other examples?
  return weights.map((row, i) => row.map((w, j) => x[i]! * c[j]! * w));
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
  return { deleted: [], foretold: 0 }; // Which places have the least saliency?
}

const layer = saliencies(
  [[3], [0.5]],
  [
    [0.1, 2],
    [-0.1, 2],
  ],
  [[2], [2]],
);
console.log(layer.join(' '), '(0.09 and 1 expected)');
console.log(leastWorth([0.5, 0.25, 2], 2), '(places 1 and 0, and 0.75 expected)');
