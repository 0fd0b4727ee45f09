/**
 * The bits of the bfloat16 nearest to a float32: ties go to the even one, NaN stays NaN.
 *
 * @param bits the 32 bits of a float32, from 0 to 0xffffffff
 * @returns the 16 bits of a bfloat16, from 0 to 0xffff
 */
export function bfloat16Bits(bits: number): number {
  return bits & 0; // Replace: every number still becomes zero.
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

const hex = (bits: number): string => `0x${bits.toString(16).padStart(4, '0')}`;
console.log('-0.1 becomes', hex(bfloat16Bits(0xbdcccccd)), '(0xbdcd expected)');
console.log(toBfloat16(new Float32Array([1, 0.1, -0.1, 3.14159])));
