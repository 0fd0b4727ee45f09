/**
 * Keeps every weight that ties with the second largest.
 *
 * @fails ties
 * @advice Where weights tie with the second largest you keep them all, as a threshold would. Here exactly two stay, for a machine has room for two: of equal ones the lower inputs.
 */
export function twoOfFour(kernel: number[][]): number[][] {
  requireEvenRows(kernel);
  const mask = kernel.map((row) => row.map(() => 0));
  for (let unit = 0; unit < kernel[0]!.length; unit++) {
    for (let start = 0; start < kernel.length; start += 4) {
      const four = kernel.slice(start, start + 4).map((row) => Math.abs(row[unit]!));
      const second = four.toSorted((a, b) => b - a)[1] ?? 0;
      four.forEach((size, i) => {
        if (size >= second) mask[start + i]![unit] = 1;
      });
    }
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
