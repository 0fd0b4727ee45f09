/**
 * The bits of the bfloat16 nearest to a float32: ties go to the even one, NaN stays NaN.
 *
 * @param bits the 32 bits of a float32, from 0 to 0xffffffff
 * @returns the 16 bits of a bfloat16, from 0 to 0xffff
 */
export function bfloat16Bits(bits: number): number {
  const upper = bits >>> 16;
  const isNaN32 = (bits & 0x7fffffff) > 0x7f800000;
  // A NaN whose fraction lies wholly in the lower half would lose it and be an infinity: set the quiet bit.
  if (isNaN32) return upper | 0x0040;
  // 0x7fff carries when the lower half is above one half; with an odd upper half, a tie carries too.
  const lastBit = upper & 1;
  return (bits + 0x7fff + lastBit) >>> 16;
}

/**
 * The values after a round trip through bfloat16.
 *
 * @param values any float32 numbers, any length
 * @returns as many float32 numbers, each one that a bfloat16 can hold
 */
export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
