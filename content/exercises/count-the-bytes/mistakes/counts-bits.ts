/**
 * Gives bits where bytes were asked for.
 *
 * @fails kernel
 * @advice Your answer is in bits: it is eight times too large. Divide the bits of each tensor by
 *   8 to get bytes, and round up what is left over.
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  return inputs * units * weightBits + units * biasBits;
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
