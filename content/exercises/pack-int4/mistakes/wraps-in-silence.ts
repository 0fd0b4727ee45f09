/**
 * Masks whatever comes, so that a value out of range turns into another.
 *
 * @fails refuses
 * @advice You pack values that do not fit: the mask turns 8 into −8 and 20 into 4 without a
 *   word, and the error shows only as a worse network. Refuse what is not a whole number from −8
 *   to 7, and say at which index it stands.
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    const nibble = (values[i] ?? 0) & 0xf;
    const byte = bytes[i >> 1] ?? 0;
    bytes[i >> 1] = i % 2 === 0 ? nibble : byte | (nibble << 4);
  }
  return bytes;
}

export function unpackInt4(bytes: Uint8Array, length: number): Int8Array {
  requireLength(bytes, length);
  return Int8Array.from({ length }, (_, i) => {
    const byte = bytes[i >> 1] ?? 0;
    const nibble = i % 2 === 0 ? byte & 0xf : byte >> 4;
    return nibble > 7 ? nibble - 16 : nibble;
  });
}

function requireLength(bytes: Uint8Array, length: number): void {
  if (Number.isInteger(length) && Math.ceil(length / 2) === bytes.length) return;
  throw new RangeError(
    `length must fit the bytes: ${bytes.length} bytes cannot hold exactly ${length} numbers.`,
  );
}
