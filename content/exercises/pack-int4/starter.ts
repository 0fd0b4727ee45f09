/**
 * Four-bit numbers, two to a byte, the first of each pair in the low half.
 *
 * @param values whole numbers from −8 to 7, any length
 * @returns half as many bytes, rounded up
 * @throws RangeError when a value is not an int4, saying at which index
 */
export function packInt4(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(values.length); // Replace: these are too many bytes, and all of them 0.
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
  return new Int8Array(length); // Replace: every number still comes back as 0.
}

function requireLength(bytes: Uint8Array, length: number): void {
  if (Number.isInteger(length) && Math.ceil(length / 2) === bytes.length) return;
  throw new RangeError(
    `length must fit the bytes: ${bytes.length} bytes cannot hold exactly ${length} numbers.`,
  );
}

console.log('[3, -8, 5] packed:', packInt4([3, -8, 5]), '(131 and 5 expected)');
console.log('and unpacked:', unpackInt4(new Uint8Array([131, 5]), 3));
