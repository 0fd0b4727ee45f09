/**
 * Shifts with the sign, so that negative numbers give negative codes.
 *
 * @fails negative
 * @advice Negative numbers came back as negative codes. The operator >> copies the sign bit as
 *   it shifts; >>> fills with zeros and gives the sixteen bits as they stand, from 0 to 65,535.
 */
export function bfloat16Bits(bits: number): number {
  const upper = bits >> 16;
  const isNaN32 = (bits & 0x7fffffff) > 0x7f800000;
  if (isNaN32) return upper | 0x0040;
  const lastBit = upper & 1;
  return (bits + 0x7fff + lastBit) >> 16;
}

export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
