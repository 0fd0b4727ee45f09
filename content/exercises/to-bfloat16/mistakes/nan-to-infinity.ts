/**
 * Rounds NaN like any number, and loses some.
 *
 * @fails nan
 * @advice Your rounding is right for every number and wrong for what is not a number. A NaN with
 *   its fraction in the lower half only becomes an infinity, and the last NaN of all carries out
 *   of the exponent and becomes a zero. Ask for NaN first, and return the upper half with a bit
 *   of its fraction set.
 */
export function bfloat16Bits(bits: number): number {
  const lastBit = (bits >>> 16) & 1;
  return (bits + 0x7fff + lastBit) >>> 16;
}

export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
