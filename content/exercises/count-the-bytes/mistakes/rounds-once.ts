/**
 * Adds the bits of both tensors before rounding.
 *
 * @fails whole-bytes
 * @advice You added the bits of the kernel and the bias before you rounded, as if the bias began
 *   in the middle of the last byte of the kernel. Each tensor begins on a fresh byte: round up
 *   twice.
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  return Math.ceil((inputs * units * weightBits + units * biasBits) / 8);
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
