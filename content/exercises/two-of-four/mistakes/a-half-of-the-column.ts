/**
 * Keeps the larger half of each column, wherever it lies.
 *
 * @fails fours
 * @advice You keep half of each unit’s weights, the largest, wherever they stand. Then one four may keep all its weights and the next none, and a machine that fetches two of each four reads the wrong ones.
 */
export function twoOfFour(kernel: number[][]): number[][] {
  requireEvenRows(kernel);
  const mask = kernel.map((row) => row.map(() => 0));
  for (let unit = 0; unit < kernel[0]!.length; unit++) {
    const inputs = kernel.map((_, input) => input);
    inputs.sort((a, b) => Math.abs(kernel[b]![unit]!) - Math.abs(kernel[a]![unit]!) || a - b);
    for (const input of inputs.slice(0, Math.ceil(inputs.length / 2))) mask[input]![unit] = 1;
  }
  return mask;
}

function requireEvenRows(kernel: number[][]): void {
  const odd = kernel.findIndex((row) => row.length !== kernel[0]!.length);
  if (odd < 0) return;
  throw new RangeError(
    `kernel must have rows of one length, ${kernel[0]!.length}; row ${odd} has ${kernel[odd]!.length}.`,
  );
}
