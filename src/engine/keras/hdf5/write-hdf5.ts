import { ByteSink } from './byte-sink.ts';
import { datasetMessages, textMessages } from './write-messages.ts';
import { writeGroup } from './write-group.ts';
import { writeTexts, type PlacedTexts } from './write-texts.ts';

/** An array to be written. */
export interface ArrayNode {
  shape: readonly number[];
  values: Float32Array | Int32Array | Uint32Array;
}

/** A group to be written. */
export interface GroupNode {
  /** Texts: one, or a list of them. */
  attributes: Map<string, string | string[]>;
  children: Map<string, GroupNode | ArrayNode>;
}

const SUPERBLOCK_BYTES = 96;
/** Half of what a node of a group holds at most: links in a leaf, children above it. */
export const LEAF_K = 4;
export const INTERNAL_K = 16;

/** An empty group. @internal */
export function newGroup(): GroupNode {
  return { attributes: new Map(), children: new Map() };
}

/** The group at a path below another, made where it is not there yet. @internal */
export function groupAt(root: GroupNode, path: string): GroupNode {
  let group = root;
  for (const name of path.split('/').filter((each) => each !== '')) {
    const next = group.children.get(name) ?? newGroup();
    group.children.set(name, next);
    group = next as GroupNode;
  }
  return group;
}

/**
 * Writes a file that every version of HDF5 reads, as h5py writes by default: superblock version 0, groups as symbol
 * tables, arrays contiguous and uncompressed, texts of attributes in a global heap.
 *
 * @see HDF5 File Format Specification, version 3.0
 * @internal
 */
export function writeHdf5(root: GroupNode): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  sink.zeros(SUPERBLOCK_BYTES);
  const texts = writeTexts(sink, textsOf(root));
  const { header, tree, heap } = writeObject(sink, root, texts);
  const bytes = sink.toBytes();
  const superblock = new ByteSink();
  superblock.raw(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a));
  // Versions; addresses and lengths of 8 bytes.
  superblock.raw(Uint8Array.of(0, 0, 0, 0, 0, 8, 8, 0));
  superblock.u16(LEAF_K).u16(INTERNAL_K).u32(0);
  superblock.u64(0).undefinedAddress().u64(bytes.length).undefinedAddress();
  // The entry of the root: no name, its header, and where its links are.
  superblock.u64(0).u64(header).u32(1).u32(0).u64(tree).u64(heap);
  bytes.set(superblock.toBytes(), 0);
  return bytes;
}

function isArray(node: GroupNode | ArrayNode): node is ArrayNode {
  return 'values' in node;
}

function textsOf(node: GroupNode | ArrayNode): string[] {
  if (isArray(node)) return [];
  const own = [...node.attributes.values()].filter((value) => typeof value === 'string');
  return [...own, ...[...node.children.values()].flatMap(textsOf)];
}

interface Written {
  header: number;
  tree: number;
  heap: number;
}

function writeObject(
  sink: ByteSink,
  node: GroupNode | ArrayNode,
  texts: ReadonlyMap<string, PlacedTexts>,
): Written {
  if (isArray(node)) {
    sink.align();
    const data = sink.length;
    sink.raw(new Uint8Array(node.values.buffer, node.values.byteOffset, node.values.byteLength));
    return { header: writeHeader(sink, datasetMessages(node, data)), tree: 0, heap: 0 };
  }
  const links = [...node.children].map(([name, child]): [string, number] => [
    name,
    writeObject(sink, child, texts).header,
  ]);
  const { tree, heap } = writeGroup(sink, links);
  const table = new ByteSink();
  table.u64(tree).u64(heap);
  const messages = [{ type: 0x11, body: table.toBytes() }, ...textMessages(node.attributes, texts)];
  return { header: writeHeader(sink, messages), tree, heap };
}

/** Object header of version 1. */
function writeHeader(
  sink: ByteSink,
  messages: readonly { type: number; body: Uint8Array }[],
): number {
  sink.align();
  const at = sink.length;
  const size = messages.reduce((total, { body }) => total + 8 + body.length, 0);
  sink.u8(1).u8(0).u16(messages.length).u32(1).u32(size).u32(0);
  for (const { type, body } of messages) {
    sink.u16(type).u16(body.length).u32(0).raw(body);
  }
  return at;
}
