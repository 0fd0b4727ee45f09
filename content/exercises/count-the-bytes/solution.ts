/**
 * The bytes of a dense layer: its kernel and its bias, each packed tightly and rounded up to whole
 * bytes.
 *
 * @param inputs numbers that enter each unit
 * @param units numbers that leave the layer
 * @param weightBits bits of one weight of the kernel
 * @param biasBits bits of one bias
 * @returns a whole number of bytes
 */
export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  requireCounts({ inputs, units, weightBits, biasBits });
  const kernelBytes = Math.ceil((inputs * units * weightBits) / 8);
  const biasBytes = Math.ceil((units * biasBits) / 8);
  return kernelBytes + biasBytes;
}

/**
 * The bytes of a chain of dense layers.
 *
 * @param sizes the number of inputs, then the units of each layer: [784, 300, 100, 10]
 * @param weightBits bits of one weight
 * @param biasBits bits of one bias
 * @returns a whole number of bytes; 0 for fewer than two sizes
 */
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
