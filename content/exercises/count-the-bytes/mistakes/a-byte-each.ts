/**
 * Rounds every number up to whole bytes, instead of the tensor.
 *
 * @fails packed
 * @advice You gave every number whole bytes of its own, so four bits cost as much as eight and
 *   nothing is gained below a byte. The numbers of a tensor are packed without gaps: add up the
 *   bits of the whole tensor first, and round up once.
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  return inputs * units * Math.ceil(weightBits / 8) + units * Math.ceil(biasBits / 8);
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
