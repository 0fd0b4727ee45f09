/**
 * Reads a nibble as a number from 0 to 15.
 *
 * @fails negative-back
 * @advice Your bytes are right, and the negative numbers come back positive: 1111 was read as
 *   15. A nibble on its own does not know that it is signed. Codes from 8 to 15 stand for −8 to
 *   −1, so take 16 from them.
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
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
    return i % 2 === 0 ? byte & 0xf : byte >> 4;
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
