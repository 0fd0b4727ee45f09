/**
 * Adds half a unit and truncates, so that every tie goes away from zero.
 *
 * @fails ties-to-even
 * @advice You rounded to nearest, and every tie away from zero. That is the rule of TFLite for
 *   integers; bfloat16 sends a tie to the even neighbour, so that ties go up as often as they go
 *   down. Add 0x7fff, and one more only if the last bit of the upper half is 1.
 */
export function bfloat16Bits(bits: number): number {
  const upper = bits >>> 16;
  const isNaN32 = (bits & 0x7fffffff) > 0x7f800000;
  if (isNaN32) return upper | 0x0040;
  return (bits + 0x8000) >>> 16;
}

export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
