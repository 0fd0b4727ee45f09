import { Inflate } from 'fflate';

/** The most that deflate makes of one byte. */
const MOST_GROWTH = 1032;
const LARGEST_PIECE = 8192;
const SMALLEST_PIECE = 256;

/**
 * Decompresses deflated bytes that must come to an exact size: undefined where they do not, or cannot be read. It stops
 * as soon as they come to more, whatever the file says: input is handed over in pieces that cannot make much more than
 * what is still to come.
 *
 * @see RFC 1951
 * @internal
 */
export function inflateWithin(bytes: Uint8Array, size: number): Uint8Array | undefined {
  const out = new Uint8Array(size);
  let length = 0;
  const inflate = new Inflate((piece) => {
    if (length + piece.length > size) throw new RangeError('more than the limit');
    out.set(piece, length);
    length += piece.length;
  });
  try {
    for (let at = 0; at < bytes.length;) {
      const enough = SMALLEST_PIECE + Math.floor((4 * (size - length)) / MOST_GROWTH);
      const end = Math.min(bytes.length, at + Math.min(enough, LARGEST_PIECE));
      inflate.push(bytes.subarray(at, end), end === bytes.length);
      at = end;
    }
  } catch {
    return undefined;
  }
  return length === size ? out : undefined;
}
