/**
 * Drops the last, half-filled byte.
 *
 * @fails whole-bytes
 * @advice You dropped the last, half-filled byte. Sixty bits fill seven bytes and half of
 *   another, and the half has to be stored as well: round up, not down.
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  return Math.floor((inputs * units * weightBits) / 8) + Math.floor((units * biasBits) / 8);
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
