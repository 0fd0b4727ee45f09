/**
 * The k-th largest |value|, k counting from 1; the values must be numbers.
 *
 * The bits of floats that are not negative, read as integers, are in the order of the floats. So the upper 15 bits are
 * counted, from the top down to the count that holds the k-th, and then the lower 16 among the values that share
 * them: two passes, and nothing is sorted.
 *
 * @internal
 */
export function kthLargestMagnitude(values: Float32Array, k: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const upper = new Uint32Array(1 << 15);
  for (let i = 0; i < bits.length; i++) upper[(bits[i]! & 0x7fffffff) >>> 16]!++;
  const high = binOfKth(upper, k);

  const lower = new Uint32Array(1 << 16);
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i]! & 0x7fffffff;
    if (magnitude >>> 16 === high.bin) lower[magnitude & 0xffff]!++;
  }
  const low = binOfKth(lower, high.remaining);
  return new Float32Array(Uint32Array.of((high.bin << 16) | low.bin).buffer)[0]!;
}

/** The bin that holds the k-th from the top, and which of that bin's it is. */
function binOfKth(counts: Uint32Array, k: number): { bin: number; remaining: number } {
  let bin = counts.length - 1;
  let remaining = k;
  while (counts[bin]! < remaining) remaining -= counts[bin--]!;
  return { bin, remaining };
}
