/**
 * Takes four units of one input together, instead of four inputs of one unit.
 *
 * @fails example
 * @advice Your fours run along the rows: four units of one input. A unit adds up its inputs, and only there can a product be left out: take four *inputs* of one unit, down a column.
 */
export function twoOfFour(kernel: number[][]): number[][] {
  requireEvenRows(kernel);
  return kernel.map((row) => {
    const mask = row.map(() => 0);
    for (let start = 0; start < row.length; start += 4) {
      const units = [start, start + 1, start + 2, start + 3].filter((unit) => unit < row.length);
      units.sort((a, b) => Math.abs(row[b]!) - Math.abs(row[a]!) || a - b);
      for (const unit of units.slice(0, 2)) mask[unit] = 1;
    }
    return mask;
  });
}

function requireEvenRows(kernel: number[][]): void {
  const odd = kernel.findIndex((row) => row.length !== kernel[0]!.length);
  if (odd < 0) return;
  throw new RangeError(
    `kernel must have rows of one length, ${kernel[0]!.length}; row ${odd} has ${kernel[odd]!.length}.`,
  );
}
