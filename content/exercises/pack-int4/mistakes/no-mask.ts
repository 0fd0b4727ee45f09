/**
 * Puts the numbers together without keeping four bits of each.
 *
 * @fails negative
 * @advice A negative number in the low half has filled the high half with ones. In two's
 *   complement −1 is a row of ones as long as you care to look; keep four of them with & 0xf
 *   before you put the two numbers together.
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    const value = requireInt4(values, i);
    const byte = bytes[i >> 1] ?? 0;
    bytes[i >> 1] = i % 2 === 0 ? value : byte | (value << 4);
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
