/**
 * Counts the kernel and leaves the bias out.
 *
 * @fails bias
 * @advice You counted the kernel and forgot the bias. Every unit also keeps one number that it
 *   adds to its sum: few beside the weights, but they are in the file, and they are the last to
 *   be made smaller.
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  return Math.ceil((inputs * units * weightBits) / 8);
}

export function networkBytes(sizes: number[], weightBits: number, biasBits: number): number {
  let total = 0;
  for (const [layer, units] of sizes.slice(1).entries()) {
    total += denseBytes(sizes[layer] ?? 0, units, weightBits, biasBits);
  }
  return total;
}

function requireCounts(counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new RangeError(`${name} must be a whole number, 0 or more; it is ${count}.`);
  }
}
