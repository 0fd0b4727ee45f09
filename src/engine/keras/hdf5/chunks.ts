import { unfilter, type Filter } from './filters.ts';
import { UNDEFINED_ADDRESS, type Hdf5Bytes } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';
import type { Layout } from './layout.ts';

const MOST_LEVELS = 32;
const MOST_CHUNKS = 100_000;
/** A node of chunks, not of links. */
const CHUNK_NODE = 1;

interface Chunk {
  /** Of its first element. */
  at: number[];
  address: number;
  size: number;
  /** Bits of the filters that were not applied. */
  skipped: number;
}

type ChunkedLayout = Extract<Layout, { kind: 'chunked' }>;

/**
 * The bytes of an array that is stored in chunks, put together in row-major order.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @internal
 */
export function readChunked(
  file: Hdf5Bytes,
  layout: ChunkedLayout,
  shape: readonly number[],
  elementSize: number,
  filters: readonly Filter[],
): Uint8Array {
  const { chunkShape } = layout;
  const fits = shape.length > 0 && chunkShape.length === shape.length;
  if (!fits || layout.elementSize !== elementSize) {
    throw hdf5Invalid('the chunks of an array do not fit its shape');
  }
  const perAxis = shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!));
  const count = perAxis.reduce((product, each) => product * each, 1);
  if (count > MOST_CHUNKS) throw hdf5Invalid(`an array is cut into ${count} chunks`);
  const chunkBytes = chunkShape.reduce((product, each) => product * each, elementSize);
  // Chunks are decompressed whole, what reaches past the end of the array too.
  file.spendData(count * chunkBytes);
  const total = shape.reduce((product, each) => product * each, elementSize);
  const out = new Uint8Array(total);
  const found = new Set<number>();
  for (const chunk of listChunks(file, layout, perAxis, chunkBytes)) {
    const number = chunk.at.reduce((n, at, axis) => {
      const index = at / chunkShape[axis]!;
      if (!Number.isInteger(index) || index >= perAxis[axis]!) {
        throw hdf5Invalid('a chunk lies outside its array');
      }
      return n * perAxis[axis]! + index;
    }, 0);
    if (found.has(number)) throw hdf5Invalid('a chunk of an array is there twice');
    found.add(number);
    const stored = file.range(file.base + chunk.address, chunk.size, 'a chunk');
    const bytes = unfilter(stored, filters, chunk.skipped, chunkBytes, elementSize);
    place(bytes, chunk.at, chunkShape, out, shape, elementSize);
  }
  if (found.size !== count) {
    throw hdf5Invalid(`${found.size} chunks of an array are there, and ${count} belong to it`);
  }
  return out;
}

function listChunks(
  file: Hdf5Bytes,
  { index, chunkShape }: ChunkedLayout,
  perAxis: readonly number[],
  chunkBytes: number,
): Chunk[] {
  if (index.address === UNDEFINED_ADDRESS) return [];
  const chunks: Chunk[] = [];
  if (index.kind === 'tree')
    readTree(file, index.address, undefined, chunkShape.length, chunks, new Set());
  else if (index.kind === 'single') {
    const size = index.filteredSize ?? chunkBytes;
    chunks.push({ at: chunkShape.map(() => 0), address: index.address, size, skipped: 0 });
  } else {
    const places = orderedPlaces(perAxis, chunkShape);
    if (index.kind === 'implicit') {
      places.forEach((at, i) =>
        chunks.push({ at, address: index.address + i * chunkBytes, size: chunkBytes, skipped: 0 }),
      );
    } else readFixedArray(file, index.address, places, chunkBytes, chunks);
  }
  file.spend(chunks.length);
  return chunks;
}

/** Where chunks begin, in row-major order. */
function orderedPlaces(perAxis: readonly number[], chunkShape: readonly number[]): number[][] {
  const count = perAxis.reduce((product, each) => product * each, 1);
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    const at = perAxis.map(() => 0);
    for (let axis = perAxis.length - 1; axis >= 0; axis--) {
      at[axis] = (rest % perAxis[axis]!) * chunkShape[axis]!;
      rest = Math.floor(rest / perAxis[axis]!);
    }
    return at;
  });
}

/** @see HDF5 File Format Specification, version 3.0, section III.A.1 */
function readTree(
  file: Hdf5Bytes,
  address: number,
  level: number | undefined,
  rank: number,
  chunks: Chunk[],
  seen: Set<number>,
): void {
  if (seen.has(address)) throw hdf5Invalid('the chunks of an array lead in a circle');
  seen.add(address);
  const node = file.cursor(address, 'a node of chunks');
  node.signature('TREE');
  if (node.u8() !== CHUNK_NODE) throw hdf5Invalid('an array has nodes of something else');
  const ownLevel = node.u8();
  if (level === undefined ? ownLevel > MOST_LEVELS : ownLevel !== level) {
    throw hdf5Invalid('the levels of chunks do not follow each other');
  }
  const count = node.u16();
  node.skip(2 * file.offsetSize);
  file.spend(count);
  for (let i = 0; i < count; i++) {
    const size = node.u32();
    const skipped = node.u32();
    const at = Array.from({ length: rank }, () => node.uint(8));
    node.skip(8);
    const child = node.offset();
    if (ownLevel > 0) readTree(file, child, ownLevel - 1, rank, chunks, seen);
    else chunks.push({ at, address: child, size, skipped });
    if (chunks.length > MOST_CHUNKS) throw hdf5Invalid('the chunks of an array have no end');
  }
}

/** @see HDF5 File Format Specification, version 3.0, section VIII.C */
function readFixedArray(
  file: Hdf5Bytes,
  address: number,
  places: readonly number[][],
  chunkBytes: number,
  chunks: Chunk[],
): void {
  const head = file.cursor(address, 'an index of chunks');
  head.signature('FAHD');
  head.version(0);
  const isFiltered = head.u8() === 1;
  const entrySize = head.u8();
  const pageBits = head.u8();
  const count = head.length();
  const sizeBytes = entrySize - file.offsetSize - 4;
  if (count !== places.length || (isFiltered && (sizeBytes < 1 || sizeBytes > 8))) {
    throw hdf5Invalid('an index of chunks does not fit its array');
  }
  if (count > 2 ** pageBits) throw hdf5Unsupported('thousands of chunks', SAVE_WITH_KERAS);
  const block = file.cursor(head.offset(), 'an index of chunks');
  block.signature('FADB');
  block.version(0);
  block.skip(1 + file.offsetSize);
  for (const at of places) {
    const found = block.offset();
    const size = isFiltered ? block.uint(sizeBytes) : chunkBytes;
    const skipped = isFiltered ? block.u32() : 0;
    if (found !== UNDEFINED_ADDRESS) chunks.push({ at, address: found, size, skipped });
  }
}

/** Copies a chunk to its place, row by row, without what reaches past the end of the array. */
function place(
  bytes: Uint8Array,
  at: readonly number[],
  chunkShape: readonly number[],
  out: Uint8Array,
  shape: readonly number[],
  elementSize: number,
): void {
  const last = shape.length - 1;
  const inside = shape.map((size, axis) => Math.min(chunkShape[axis]!, size - at[axis]!));
  const rowBytes = inside[last]! * elementSize;
  const position = shape.map(() => 0);
  for (;;) {
    let source = 0;
    let target = 0;
    for (let axis = 0; axis <= last; axis++) {
      source = source * chunkShape[axis]! + position[axis]!;
      target = target * shape[axis]! + at[axis]! + position[axis]!;
    }
    const from = source * elementSize;
    out.set(bytes.subarray(from, from + rowBytes), target * elementSize);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      position[axis] = position[axis]! + 1;
      if (position[axis]! < inside[axis]!) break;
      position[axis] = 0;
    }
    if (axis < 0) return;
  }
}
