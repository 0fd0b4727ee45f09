import { readBTree2 } from './b-tree-2.ts';
import { FractalHeap } from './fractal-heap.ts';
import { UNDEFINED_ADDRESS, type Hdf5Bytes, type Hdf5Cursor } from './hdf5-bytes.ts';

const ORDER_TRACKED = 1;
const ORDER_INDEXED = 2;
/** Types of the trees that order links and attributes by name. */
const LINKS_BY_NAME = 5;
const ATTRIBUTES_BY_NAME = 8;

/**
 * Links of a group that has too many for its header, as the link info message tells of them.
 *
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.c
 * @internal
 */
export function denseLinks(file: Hdf5Bytes, info: Hdf5Cursor): Hdf5Cursor[] {
  info.version(0);
  const flags = info.u8();
  if (flags & ORDER_TRACKED) info.skip(8);
  // In a record for a link the hash of its name comes first.
  return dense(file, info.offset(), info.offset(), LINKS_BY_NAME, 4);
}

/**
 * Attributes of an object that has too many for its header.
 *
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.v
 * @internal
 */
export function denseAttributes(file: Hdf5Bytes, info: Hdf5Cursor): Hdf5Cursor[] {
  info.version(0);
  const flags = info.u8();
  if (flags & ORDER_TRACKED) info.skip(2);
  const heap = info.offset();
  const byName = info.offset();
  if (flags & ORDER_INDEXED) info.offset();
  return dense(file, heap, byName, ATTRIBUTES_BY_NAME, 0);
}

function dense(
  file: Hdf5Bytes,
  heapAddress: number,
  treeAddress: number,
  type: number,
  idAt: number,
): Hdf5Cursor[] {
  if (heapAddress === UNDEFINED_ADDRESS) return [];
  const heap = new FractalHeap(file, heapAddress);
  return readBTree2(file, treeAddress, type).map((record) => {
    record.skip(idAt);
    return heap.object(record.part(heap.idSize));
  });
}
