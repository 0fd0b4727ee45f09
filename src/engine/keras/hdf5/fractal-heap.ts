import { UNDEFINED_ADDRESS, type Hdf5Bytes, type Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';

const MOST_NESTED = 32;

/** How blocks grow: rows 0 and 1 hold blocks of the starting size, each row after it blocks twice as large. */
interface DoublingTable {
  width: number;
  start: number;
  largestDirect: number;
  rowsInRoot: number;
  root: number;
}

/**
 * A heap in which a group keeps its links, or an object its attributes, once they are many.
 *
 * @see HDF5 File Format Specification, version 3.0, section III.G
 * @internal
 */
export class FractalHeap {
  readonly idSize: number;
  readonly #file: Hdf5Bytes;
  readonly #offsetSize: number;
  readonly #lengthSize: number;
  readonly #table: DoublingTable;

  constructor(file: Hdf5Bytes, address: number) {
    this.#file = file;
    const head = file.cursor(address, 'the head of a heap');
    head.signature('FRHP');
    head.version(0);
    this.idSize = head.u16();
    if (head.u16() > 0) throw hdf5Unsupported('compressed names', SAVE_WITH_KERAS);
    head.skip(1);
    const largestManaged = head.u32();
    const { lengthSize, offsetSize } = file;
    // Huge objects, free space, statistics.
    head.skip(2 * offsetSize + 10 * lengthSize);
    const width = head.u16();
    const start = head.length();
    const largestDirect = head.length();
    const offsetBits = head.u16();
    head.skip(2);
    const root = head.offset();
    const rowsInRoot = head.u16();
    if (width === 0 || start === 0 || largestDirect < start || offsetBits > 64) {
      throw hdf5Invalid('the blocks of a heap have no size');
    }
    this.#table = { width, start, largestDirect, rowsInRoot, root };
    this.#offsetSize = Math.ceil(offsetBits / 8);
    this.#lengthSize = Math.min(bytesFor(largestDirect), bytesFor(largestManaged));
  }

  /** The bytes of the object that an identifier stands for. */
  object(id: Hdf5Cursor): Hdf5Cursor {
    const kind = (id.u8() >> 4) & 3;
    if (kind === 2) return id.part(id.left);
    if (kind !== 0) throw hdf5Unsupported('attributes of more than 64 kB', SAVE_WITH_KERAS);
    const offset = id.uint(this.#offsetSize);
    const length = id.uint(this.#lengthSize);
    const { root, rowsInRoot, start } = this.#table;
    const block =
      rowsInRoot === 0
        ? { address: root, offset: 0, size: start }
        : this.#findBlock(root, 0, rowsInRoot, offset, 0);
    const within = offset - block.offset;
    if (within < 0 || within + length > block.size) {
      throw hdf5Invalid('an object of a heap lies across its blocks');
    }
    this.#file.cursor(block.address, 'a block of a heap').signature('FHDB');
    return this.#file.cursor(block.address + within, 'an object of a heap', length);
  }

  /** Goes down from an indirect block, which begins at `base` of the heap, to the block that holds an offset. */
  #findBlock(
    address: number,
    base: number,
    rows: number,
    offset: number,
    depth: number,
  ): { address: number; offset: number; size: number } {
    if (depth > MOST_NESTED || rows > 64) throw hdf5Invalid('the blocks of a heap are too many');
    const { width, start, largestDirect } = this.#table;
    const cursor = this.#file.cursor(address, 'a block of a heap');
    cursor.signature('FHIB');
    cursor.version(0);
    cursor.skip(this.#file.offsetSize + this.#offsetSize);
    let rowBase = base;
    for (let row = 0; row < rows; row++) {
      const size = row === 0 ? start : start * 2 ** (row - 1);
      this.#file.spend(1);
      if (offset < rowBase + size * width) {
        const column = Math.floor((offset - rowBase) / size);
        if (column < 0) break;
        cursor.skip(column * this.#file.offsetSize);
        const child = cursor.offset();
        if (child === UNDEFINED_ADDRESS) break;
        const found = { address: child, offset: rowBase + column * size, size };
        if (size <= largestDirect) return found;
        // As many rows as make up the size of the block.
        const inner = Math.log2(size / (start * width)) + 1;
        return this.#findBlock(child, found.offset, inner, offset, depth + 1);
      }
      rowBase += size * width;
      cursor.skip(width * this.#file.offsetSize);
    }
    throw hdf5Invalid('an object of a heap lies in none of its blocks');
  }
}

function bytesFor(limit: number): number {
  return Math.floor(Math.log2(Math.max(limit, 1)) / 8) + 1;
}
