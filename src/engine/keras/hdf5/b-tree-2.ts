import { UNDEFINED_ADDRESS, type Hdf5Bytes, type Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid } from './hdf5-errors.ts';

/** Signature, version and type before the records of a node, checksum behind them. */
const NODE_OVERHEAD = 10;
const MOST_LEVELS = 16;

interface Tree {
  file: Hdf5Bytes;
  type: number;
  nodeSize: number;
  recordSize: number;
  /** Bytes of a number of records in a node. */
  countSize: number;
  /** For each level, bytes of the number of records below a node. */
  totalSizes: number[];
  seen: Set<number>;
  records: Hdf5Cursor[];
}

/**
 * The records of a version 2 B-tree, in no order that matters.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section III.A.2
 * @internal
 */
export function readBTree2(file: Hdf5Bytes, address: number, type: number): Hdf5Cursor[] {
  const head = file.cursor(address, 'the head of a B-tree');
  head.signature('BTHD');
  head.version(0);
  requireType(head, type);
  const nodeSize = head.u32();
  const recordSize = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = head.offset();
  const count = head.u16();
  if (depth > MOST_LEVELS) throw hdf5Invalid(`a B-tree has ${depth} levels`);
  if (recordSize === 0 || nodeSize < NODE_OVERHEAD + recordSize) {
    throw hdf5Invalid('the nodes of a B-tree have no room for a record');
  }
  const tree: Tree = {
    file,
    type,
    nodeSize,
    recordSize,
    ...sizesOf(file.offsetSize, nodeSize, recordSize, depth),
    seen: new Set(),
    records: [],
  };
  if (root !== UNDEFINED_ADDRESS && count > 0) readNode(tree, root, depth, count);
  return tree.records;
}

function requireType(cursor: Hdf5Cursor, type: number): void {
  const found = cursor.u8();
  if (found !== type) throw hdf5Invalid(`a B-tree is of type ${found} where ${type} belongs`);
}

/** Numbers in a node take no more bytes than the largest that can occur there. */
function sizesOf(
  offsetSize: number,
  nodeSize: number,
  recordSize: number,
  depth: number,
): Pick<Tree, 'countSize' | 'totalSizes'> {
  const most = Math.floor((nodeSize - NODE_OVERHEAD) / recordSize);
  const countSize = bytesFor(most);
  const totalSizes = [0];
  let total = most;
  for (let level = 1; level <= depth; level++) {
    const pointer = offsetSize + countSize + totalSizes[level - 1]!;
    const inNode = Math.floor((nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer));
    total = Math.min((inNode + 1) * total + inNode, Number.MAX_SAFE_INTEGER);
    totalSizes.push(bytesFor(total));
  }
  return { countSize, totalSizes };
}

function bytesFor(limit: number): number {
  return Math.floor(Math.log2(Math.max(limit, 1)) / 8) + 1;
}

function readNode(tree: Tree, address: number, level: number, count: number): void {
  const { file, type, recordSize } = tree;
  if (tree.seen.has(address)) throw hdf5Invalid('a B-tree leads in a circle');
  tree.seen.add(address);
  const cursor = file.cursor(address, 'a node of a B-tree', tree.nodeSize);
  cursor.signature(level === 0 ? 'BTLF' : 'BTIN');
  cursor.version(0);
  requireType(cursor, type);
  file.spend(count);
  for (let i = 0; i < count; i++) tree.records.push(cursor.part(recordSize));
  if (level === 0) return;
  for (let i = 0; i <= count; i++) {
    const child = cursor.offset();
    const records = cursor.uint(tree.countSize);
    if (level > 1) cursor.skip(tree.totalSizes[level - 1]!);
    readNode(tree, child, level - 1, records);
  }
}
