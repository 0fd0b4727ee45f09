import { UNDEFINED_ADDRESS, type Hdf5Bytes } from './hdf5-bytes.ts';
import { hdf5Invalid } from './hdf5-errors.ts';

interface HeapObject {
  at: number;
  length: number;
}

/**
 * The collections in which texts of varying length are kept; each is read once.
 *
 * @see HDF5 File Format Specification, version 3.0, section III.E
 * @internal
 */
export class GlobalHeap {
  readonly #file: Hdf5Bytes;
  readonly #collections = new Map<number, Map<number, HeapObject>>();

  constructor(file: Hdf5Bytes) {
    this.#file = file;
  }

  /** The text that an element refers to: its length, the collection and the object in it. */
  text(length: number, address: number, index: number, what: string): string {
    if (length === 0) return '';
    const object = this.#collection(address).get(index);
    if (!object || object.length < length) {
      throw hdf5Invalid(`the text of ${what} is not where it should be`);
    }
    return this.#file.text(object.at, length, what);
  }

  #collection(address: number): Map<number, HeapObject> {
    const known = this.#collections.get(address);
    if (known) return known;
    if (address === UNDEFINED_ADDRESS) throw hdf5Invalid('a text has no address');
    const objects = new Map<number, HeapObject>();
    this.#collections.set(address, objects);
    const head = this.#file.cursor(address, 'a collection of texts');
    head.signature('GCOL');
    head.version(1);
    head.skip(3);
    const size = head.length();
    const cursor = this.#file.cursor(address, 'a collection of texts', size);
    cursor.skip(head.at - cursor.at);
    const entrySize = 8 + this.#file.lengthSize;
    while (cursor.left >= entrySize) {
      const index = cursor.u16();
      cursor.skip(6);
      const length = cursor.length();
      // Object 0 is the room that is left.
      if (index === 0) break;
      this.#file.spend(1);
      objects.set(index, { at: cursor.at, length });
      const padded = Math.ceil(length / 8) * 8;
      cursor.skip(Math.min(padded, Math.max(length, cursor.left)));
    }
    return objects;
  }
}
