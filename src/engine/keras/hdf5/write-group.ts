import type { ByteSink } from './byte-sink.ts';
import { INTERNAL_K, LEAF_K } from './write-hdf5.ts';

/** A node of the tree of links, with the place of its last name among the names. */
interface TreeNode {
  address: number;
  lastName: number;
}

/** Where the first name of all may be: before the empty text there is none. */
const EMPTY_NAME = 0;

/** Writes the links of a group: its names, nodes of links in the order of their bytes, and the tree over them. @internal */
export function writeGroup(
  sink: ByteSink,
  links: readonly (readonly [name: string, header: number])[],
): { tree: number; heap: number } {
  const encoder = new TextEncoder();
  const entries = links
    .map(([name, header]) => ({ name: encoder.encode(name), header, at: 0 }))
    .sort((a, b) => compareBytes(a.name, b.name));
  sink.align();
  const names = sink.length;
  sink.zeros(8);
  for (const entry of entries) {
    entry.at = sink.length - names;
    sink.raw(entry.name).u8(0).align();
  }
  const namesSize = sink.length - names;
  const heap = sink.length;
  sink.raw(encoder.encode('HEAP')).u32(0).u64(namesSize);
  // No free room: the list of it begins at 1.
  sink.u64(1).u64(names);

  let nodes = pieces(entries, 2 * LEAF_K).map((piece): TreeNode => {
    const address = sink.length;
    sink.raw(encoder.encode('SNOD')).u8(1).u8(0).u16(piece.length);
    for (const { at, header } of piece) sink.u64(at).u64(header).zeros(24);
    sink.zeros((2 * LEAF_K - piece.length) * 40);
    return { address, lastName: piece.at(-1)!.at };
  });
  let level = 0;
  do {
    nodes = writeLevel(sink, nodes, level);
    level++;
  } while (nodes.length > 1);
  return { tree: nodes[0]!.address, heap };
}

/** Writes the nodes above those of one level. */
function writeLevel(sink: ByteSink, below: readonly TreeNode[], level: number): TreeNode[] {
  // A group without links has a node too, with nothing in it.
  const groups = below.length === 0 ? [[]] : pieces(below, 2 * INTERNAL_K);
  const size = 24 + 2 * INTERNAL_K * 16 + 8;
  const start = sink.length;
  let before = EMPTY_NAME;
  return groups.map((children, index) => {
    const address = sink.length;
    sink.raw(new TextEncoder().encode('TREE')).u8(0).u8(level).u16(children.length);
    if (index === 0) sink.undefinedAddress();
    else sink.u64(address - size);
    if (index === groups.length - 1) sink.undefinedAddress();
    else sink.u64(address + size);
    sink.u64(before);
    for (const child of children) {
      sink.u64(child.address).u64(child.lastName);
      before = child.lastName;
    }
    sink.zeros(start + (index + 1) * size - sink.length);
    return { address, lastName: before };
  });
}

function pieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
