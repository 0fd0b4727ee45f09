import type { Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid } from './hdf5-errors.ts';

const MOST_DIMENSIONS = 32;

/** The shape of an array: [] of a scalar. */
export interface Dataspace {
  shape: number[];
  /** Product of the shape. */
  count: number;
}

/**
 * Reads a dataspace message, versions 1 and 2.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.b
 * @internal
 */
export function readDataspace(cursor: Hdf5Cursor): Dataspace {
  const version = cursor.version(1, 2);
  const rank = cursor.u8();
  if (rank > MOST_DIMENSIONS) throw hdf5Invalid(`an array has ${rank} dimensions`);
  cursor.skip(1);
  if (version === 1) cursor.skip(5);
  // Type 2 of version 2: no elements at all.
  else if (cursor.u8() === 2) return { shape: [0], count: 0 };
  const shape: number[] = [];
  let count = 1;
  for (let i = 0; i < rank; i++) {
    const size = cursor.length();
    shape.push(size);
    count *= size;
    if (count > Number.MAX_SAFE_INTEGER) {
      throw hdf5Invalid(`an array would have the shape [${shape.join(', ')}, …]`);
    }
  }
  return { shape, count };
}
