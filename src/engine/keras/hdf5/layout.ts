import type { Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';

/** Where chunks are looked up. */
export type ChunkIndex =
  | { kind: 'tree'; address: number }
  | { kind: 'single'; address: number; filteredSize: number | undefined }
  | { kind: 'implicit'; address: number }
  | { kind: 'fixedArray'; address: number };

/** Where the elements of an array lie. */
export type Layout =
  | { kind: 'compact'; data: Hdf5Cursor }
  | { kind: 'contiguous'; address: number; size: number }
  | { kind: 'chunked'; chunkShape: number[]; elementSize: number; index: ChunkIndex };

const OTHER_INDICES: Record<number, string> = {
  4: 'arrays that can grow',
  5: 'arrays that can grow along several axes',
};

/**
 * Reads a data layout message, versions 3 to 5, of which the last two differ only in how large chunks can be.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.i
 * @internal
 */
export function readLayout(cursor: Hdf5Cursor): Layout {
  const version = cursor.u8();
  if (version < 3 || version > 5) {
    throw hdf5Unsupported(`version ${version} of the layout of arrays`, SAVE_WITH_KERAS);
  }
  const kind = cursor.u8();
  if (kind === 0) return { kind: 'compact', data: cursor.part(cursor.u16()) };
  if (kind === 1) return { kind: 'contiguous', address: cursor.offset(), size: cursor.length() };
  if (kind === 2) return version === 3 ? readChunked3(cursor) : readChunked4(cursor);
  if (kind === 3) throw hdf5Unsupported('arrays put together from other files', SAVE_WITH_KERAS);
  throw hdf5Invalid(`an array is laid out in the manner ${kind}, which is not known`);
}

function readChunked3(cursor: Hdf5Cursor): Layout {
  const dimensions = cursor.u8();
  const address = cursor.offset();
  const sizes = Array.from({ length: dimensions }, () => cursor.u32());
  return chunked(sizes, { kind: 'tree', address });
}

function readChunked4(cursor: Hdf5Cursor): Layout {
  const flags = cursor.u8();
  const dimensions = cursor.u8();
  const encodedSize = cursor.u8();
  if (encodedSize < 1 || encodedSize > 8) throw hdf5Invalid('the sizes of chunks have no size');
  const sizes = Array.from({ length: dimensions }, () => cursor.uint(encodedSize));
  const type = cursor.u8();
  if (type === 1) {
    const isFiltered = (flags & 2) !== 0;
    const filteredSize = isFiltered ? cursor.length() : undefined;
    if (isFiltered) cursor.skip(4);
    return chunked(sizes, { kind: 'single', address: cursor.offset(), filteredSize });
  }
  if (type === 2) return chunked(sizes, { kind: 'implicit', address: cursor.offset() });
  if (type === 3) {
    cursor.skip(1);
    return chunked(sizes, { kind: 'fixedArray', address: cursor.offset() });
  }
  const name = OTHER_INDICES[type];
  if (name === undefined) throw hdf5Invalid(`chunks are looked up in the manner ${type}`);
  throw hdf5Unsupported(name, SAVE_WITH_KERAS);
}

/** The last of the sizes is that of an element. */
function chunked(sizes: number[], index: ChunkIndex): Layout {
  const elementSize = sizes.at(-1);
  if (elementSize === undefined || sizes.some((size) => size === 0)) {
    throw hdf5Invalid('the chunks of an array have no size');
  }
  return { kind: 'chunked', chunkShape: sizes.slice(0, -1), elementSize, index };
}
