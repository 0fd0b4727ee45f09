/**
 * Holds what overflows at the largest finite bfloat16, as float16 storage often does.
 *
 * @fails overflow
 * @advice You held large numbers at the largest finite bfloat16. Rounding to nearest does not:
 *   what lies more than half a unit beyond the largest finite number rounds to infinity, and the
 *   carry out of the fraction does just that if you let it.
 */
export function bfloat16Bits(bits: number): number {
  const upper = bits >>> 16;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return upper | 0x0040;
  if (magnitude === 0x7f800000) return upper;
  const rounded = (bits + 0x7fff + (upper & 1)) >>> 16;
  return (rounded & 0x7fff) === 0x7f80 ? rounded - 1 : rounded;
}

export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
