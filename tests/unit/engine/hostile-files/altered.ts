/** Bytes of good files, changed in one place. */

export type Bytes = Uint8Array<ArrayBuffer>;

export const text = (value: string): Bytes => new TextEncoder().encode(value);
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const ascii = (name: string): number[] => Array.from(name, (letter) => letter.charCodeAt(0));
export const u64 = (value: number): number[] =>
  Array.from({ length: 8 }, (_, i) => Math.floor(value / 256 ** i) % 256);

/** Where a row of bytes is; it must be there. */
export function find(bytes: Uint8Array, row: readonly number[], from = 0): number {
  for (let at = from; at + row.length <= bytes.length; at++) {
    if (row.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  throw new Error('The bytes to change are not there.');
}

/** A copy with bytes changed where a row of them stands. */
export function patched(
  bytes: Bytes,
  row: readonly number[],
  offset: number,
  change: readonly number[],
): Bytes {
  const copy = bytes.slice();
  copy.set(change, find(copy, row) + offset);
  return copy;
}
