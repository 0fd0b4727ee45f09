/**
 * Truncates: keeps the upper half as it is.
 *
 * @fails nearest
 * @advice You kept the upper half and threw the lower away. That is truncation: each number
 *   moves towards zero, by almost a whole unit of the last bit at worst, and a sum of many such
 *   numbers drifts the same way. When the lower half is more than 0x8000 the upper half must go
 *   up by one.
 */
export function bfloat16Bits(bits: number): number {
  return bits >>> 16;
}

export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
