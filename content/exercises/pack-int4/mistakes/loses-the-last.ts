/**
 * Rounds the number of bytes down, so that an odd one out is lost.
 *
 * @fails odd
 * @advice Of an odd number of values the last is missing. Seven numbers need three and a half
 *   bytes, and that is four: round the number of bytes up. Writing past the end of a Uint8Array
 *   does nothing, and says nothing.
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.floor(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    const nibble = requireInt4(values, i) & 0xf;
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
