/** Float32 values as a list of those that occur and, for each value, its number in the list. */
export interface Codebook {
  /** Distinct patterns of bits, as float32 in ascending order. */
  values: Float32Array<ArrayBuffer>;
  indices: Uint16Array<ArrayBuffer>;
}

/** The most entries a codebook can have: indices are 16 bits wide. @internal */
export const MAX_CODEBOOK = 65536;

/**
 * Finds the codebook of some values, or gives up when more than `limit` of them differ, 65,536 at most. Values are told
 * apart by their bits, so that 0 and −0 have an entry each.
 *
 * @internal
 */
export function codebookOf(values: Float32Array, limit = MAX_CODEBOOK): Codebook | undefined {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const most = Math.min(limit, MAX_CODEBOOK, values.length);
  // An open hash table of slots 1 + entry; at most half of them are taken.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
  const mask = slots.length - 1;
  const found = new Uint32Array(most);
  const entryOf = new Uint16Array(values.length);
  let entries = 0;
  for (let i = 0; i < bits.length; i++) {
    const pattern = bits[i]!;
    let slot = (Math.imul(pattern, 0x9e3779b1) >>> 7) & mask;
    while (slots[slot] !== 0 && found[slots[slot]! - 1] !== pattern) slot = (slot + 1) & mask;
    if (slots[slot] === 0) {
      if (entries === most) return undefined;
      found[entries++] = pattern;
      slots[slot] = entries;
    }
    entryOf[i] = slots[slot]! - 1;
  }
  return inOrder(new Float32Array(found.buffer, 0, entries), entryOf);
}

/** Neighbours in value occur about as often, which makes the table of a Huffman code short. */
function inOrder(found: Float32Array, entryOf: Uint16Array<ArrayBuffer>): Codebook {
  const order = Array.from(found, (_, entry) => entry).sort(
    (a, b) => found[a]! - found[b]! || (Object.is(found[a], -0) ? -1 : 1),
  );
  const rank = new Uint16Array(found.length);
  order.forEach((entry, i) => (rank[entry] = i));
  const indices = entryOf;
  for (let i = 0; i < indices.length; i++) indices[i] = rank[indices[i]!]!;
  return { values: Float32Array.from(order, (entry) => found[entry]!), indices };
}
