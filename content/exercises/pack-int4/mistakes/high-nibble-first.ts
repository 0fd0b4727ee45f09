/**
 * Puts the first of each pair into the high half, as one reads from left to right.
 *
 * @fails low-first
 * @advice Your pairs are the wrong way round: the first number of a pair belongs in the low four
 *   bits. One writes the high half on the left, so it looks like the first; files of int4
 *   weights fill a byte from its low end.
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    const nibble = requireInt4(values, i) & 0xf;
    const byte = bytes[i >> 1] ?? 0;
    bytes[i >> 1] = i % 2 === 0 ? nibble << 4 : byte | nibble;
  }
  return bytes;
}

export function unpackInt4(bytes: Uint8Array, length: number): Int8Array {
  requireLength(bytes, length);
  return Int8Array.from({ length }, (_, i) => {
    const byte = bytes[i >> 1] ?? 0;
    const nibble = i % 2 === 0 ? byte >> 4 : byte & 0xf;
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
