import { inflateWithin } from '../zip/inflate.ts';
import type { Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported } from './hdf5-errors.ts';

/** What was done to a chunk when it was written, in that order. */
export interface Filter {
  id: number;
  values: number[];
}

const DEFLATE = 1;
const SHUFFLE = 2;
const NAMES: Record<number, string> = {
  3: 'checksums of chunks (fletcher32)',
  4: 'szip compression',
  5: 'n-bit packing',
  6: 'scale-offset packing',
  32000: 'LZF compression',
  32001: 'Blosc compression',
  32004: 'LZ4 compression',
  32015: 'Zstandard compression',
};
const MOST_FILTERS = 8;

/**
 * Reads a filter pipeline message, versions 1 and 2: deflate and shuffle.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.l
 * @internal
 */
export function readFilters(cursor: Hdf5Cursor): Filter[] {
  const version = cursor.version(1, 2);
  const count = cursor.u8();
  if (count > MOST_FILTERS)
    throw hdf5Invalid(`the chunks of an array went through ${count} filters`);
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2);
    const valueCount = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    cursor.file.spend(valueCount);
    const values = Array.from({ length: valueCount }, () => cursor.u32());
    if (version === 1 && valueCount % 2 === 1) cursor.skip(4);
    if (id !== DEFLATE && id !== SHUFFLE) {
      throw hdf5Unsupported(
        NAMES[id] ?? `the filter ${id}`,
        'Save the arrays without compression, or with gzip alone.',
      );
    }
    return { id, values };
  });
}

/** Undoes the filters of a chunk, but for those that were skipped for it; gives so many bytes or fails. @internal */
export function unfilter(
  stored: Uint8Array,
  filters: readonly Filter[],
  skipped: number,
  size: number,
  elementSize: number,
): Uint8Array {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (skipped & (1 << i)) continue;
    const { id, values } = filters[i]!;
    if (id === DEFLATE) bytes = inflateZlib(bytes, size);
    else bytes = unshuffle(bytes, values[0] ?? elementSize);
  }
  if (bytes.length !== size) {
    throw hdf5Invalid(`a chunk holds ${bytes.length} bytes where ${size} belong`);
  }
  return bytes;
}

/** @see RFC 1950 */
function inflateZlib(bytes: Uint8Array, size: number): Uint8Array {
  const [method = 0, flags = 0] = bytes;
  const isZlib = (method & 15) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 32) === 0;
  if (!isZlib || bytes.length < 6) throw hdf5Invalid('a compressed chunk does not begin as one');
  const inflated = inflateWithin(bytes.subarray(2, bytes.length - 4), size);
  if (!inflated) throw hdf5Invalid('a compressed chunk cannot be decompressed to its size');
  return inflated;
}

/** Elements whose first bytes all stand first, then all second bytes, … are put together again. */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / Math.max(size, 1));
  if (size <= 1 || count === 0) return bytes;
  const out = bytes.slice();
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0; i < count; i++) out[i * size + byte] = bytes[byte * count + i]!;
  }
  return out;
}
