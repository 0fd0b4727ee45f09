/**
 * Four-bit numbers, two to a byte, the first of each pair in the low half.
 *
 * @param values whole numbers from −8 to 7, any length
 * @returns half as many bytes, rounded up
 * @throws RangeError when a value is not an int4, saying at which index
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    // Two's complement: of −1, which is all ones, the mask keeps 1111; without it the ones would
    // spill over the neighbour.
    const nibble = requireInt4(values, i) & 0xf;
    const byte = bytes[i >> 1] ?? 0;
    bytes[i >> 1] = i % 2 === 0 ? nibble : byte | (nibble << 4);
  }
  return bytes;
}

/**
 * The four-bit numbers that {@link packInt4} put into bytes.
 *
 * @param bytes two numbers each; of an odd number the last high half is unused
 * @param length how many numbers there are
 * @returns whole numbers from −8 to 7
 */
export function unpackInt4(bytes: Uint8Array, length: number): Int8Array {
  requireLength(bytes, length);
  return Int8Array.from({ length }, (_, i) => {
    const byte = bytes[i >> 1] ?? 0;
    const nibble = i % 2 === 0 ? byte & 0xf : byte >> 4;
    // The top bit of a nibble is worth −8, not 8: the codes 8 … 15 are the negative numbers.
    return nibble > 7 ? nibble - 16 : nibble;
  });
}

function requireInt4(values: ArrayLike<number>, index: number): number {
  const value = values[index] ?? NaN;
  if (Number.isInteger(value) && value >= -8 && value <= 7) return value;
  throw new RangeError(`values[${index}] must be a whole number from −8 to 7; it is ${value}.`);
}

function requireLength(bytes: Uint8Array, length: number): void {
  if (Number.isInteger(length) && Math.ceil(length / 2) === bytes.length) return;
  throw new RangeError(
    `length must fit the bytes: ${bytes.length} bytes cannot hold exactly ${length} numbers.`,
  );
}
