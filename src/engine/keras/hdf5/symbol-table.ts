import { type Hdf5Bytes } from './hdf5-bytes.ts';
import { hdf5Invalid } from './hdf5-errors.ts';
import type { Link } from './group-links.ts';

const MOST_LEVELS = 32;
/** A node of links, not of chunks. */
const GROUP_NODE = 0;
const SOFT_LINK = 2;

/**
 * The links of a group as HDF5 kept them at first: a B-tree of nodes, and names in a heap.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, sections III.A.1, III.B, III.D
 * @internal
 */
export function readSymbolTable(
  file: Hdf5Bytes,
  treeAddress: number,
  heapAddress: number,
  add: (name: string, link: Link) => void,
): void {
  const nameAt = openLocalHeap(file, heapAddress);
  const seen = new Set<number>();
  const visit = (address: number, level: number | undefined): void => {
    if (seen.has(address)) throw hdf5Invalid('the links of a group lead in a circle');
    seen.add(address);
    const node = file.cursor(address, 'a node of a group');
    node.signature('TREE');
    if (node.u8() !== GROUP_NODE) throw hdf5Invalid('a group has nodes of something else');
    const ownLevel = node.u8();
    if (level === undefined ? ownLevel > MOST_LEVELS : ownLevel !== level) {
      throw hdf5Invalid('the levels of a group do not follow each other');
    }
    const count = node.u16();
    node.skip(2 * file.offsetSize);
    file.spend(count);
    for (let i = 0; i < count; i++) {
      node.length();
      const child = node.offset();
      if (ownLevel > 0) visit(child, ownLevel - 1);
      else readEntries(file, child, nameAt, seen, add);
    }
  };
  visit(treeAddress, undefined);
}

/** How names are found in the heap of a group. */
function openLocalHeap(file: Hdf5Bytes, address: number): (offset: number) => string {
  const head = file.cursor(address, 'the names of a group');
  head.signature('HEAP');
  head.version(0);
  head.skip(3);
  const size = head.length();
  head.length();
  const data = file.cursor(head.offset(), 'the names of a group', size);
  return (offset) => {
    if (offset >= size) throw hdf5Invalid('a name lies outside the names of its group');
    const at = data.at + offset;
    const length = file.bytes.subarray(at, data.end).indexOf(0);
    if (length < 0) throw hdf5Invalid('a name has no end');
    return file.text(at, length, 'a name in a group');
  };
}

function readEntries(
  file: Hdf5Bytes,
  address: number,
  nameAt: (offset: number) => string,
  seen: Set<number>,
  add: (name: string, link: Link) => void,
): void {
  if (seen.has(address)) throw hdf5Invalid('the links of a group lead in a circle');
  seen.add(address);
  const node = file.cursor(address, 'a node of a group');
  node.signature('SNOD');
  node.version(1);
  node.skip(1);
  const count = node.u16();
  file.spend(count);
  for (let i = 0; i < count; i++) {
    const name = nameAt(node.offset());
    const header = node.offset();
    const isSoft = node.u32() === SOFT_LINK;
    node.skip(20);
    add(name, isSoft ? { elsewhere: 'a soft link' } : { address: header });
  }
}
