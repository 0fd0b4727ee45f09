/**
 * Of equal weights keeps the later.
 *
 * @fails ties
 * @advice Of weights equally large you keep the one with the higher input. The rule names the lower, so that every machine makes the same mask of the same weights.
 */
export function twoOfFour(kernel: number[][]): number[][] {
  requireEvenRows(kernel);
  const mask = kernel.map((row) => row.map(() => 0));
  for (let unit = 0; unit < kernel[0]!.length; unit++) {
    for (let start = 0; start < kernel.length; start += 4) {
      for (const input of twoLargest(kernel, unit, start)) mask[input]![unit] = 1;
    }
  }
  return mask;
}

function twoLargest(kernel: number[][], unit: number, start: number): number[] {
  const inputs = [start, start + 1, start + 2, start + 3].filter((input) => input < kernel.length);
  const size = (input: number) => Math.abs(kernel[input]![unit]!);
  return inputs.sort((a, b) => size(b) - size(a) || b - a).slice(0, 2);
}

function requireEvenRows(kernel: number[][]): void {
  const odd = kernel.findIndex((row) => row.length !== kernel[0]!.length);
  if (odd < 0) return;
  throw new RangeError(
    `kernel must have rows of one length, ${kernel[0]!.length}; row ${odd} has ${kernel[odd]!.length}.`,
  );
}
