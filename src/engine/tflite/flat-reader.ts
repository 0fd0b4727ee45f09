import { ReaderError } from '../../shared/reader-error.ts';

/** A file that is not what it must be; says where. @internal */
export function damaged(what: string, code = 'tflite-damaged'): ReaderError {
  return new ReaderError({
    code,
    explain: `The .tflite file cannot be read: ${what}.`,
    hint: 'It may be cut short, altered, or no .tflite file at all: download or convert it again.',
  });
}

/** What may be read of a file beyond its length: parts that several tables share are read once for each. */
const MOST_SHARED_BYTES = 16 * 2 ** 20;
const TABLE_BYTES = 16;

/**
 * Reads a flatbuffer that nobody has vouched for: every offset is checked against the file's length and its
 * alignment before it is followed. The tables of a .tflite file are not recursive, so offsets that lead in a circle
 * end where the schema ends; a hundred thousand that lead to one long vector end where a budget does.
 *
 * @see The format: https://flatbuffers.dev/internals/
 * @internal
 */
export class FlatReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #left: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = bytes.length + MOST_SHARED_BYTES;
  }

  /** Counts bytes of the file before they are read into memory. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) {
      throw damaged('its parts share more than could be in it', 'tflite-too-large');
    }
  }

  /** The table at the start of the file. */
  root(): FlatTable {
    return new FlatTable(this, this.follow(0, 'the root table'));
  }

  /** Where the offset stored at a place leads. */
  follow(at: number, what: string): number {
    const offset = this.uint32(at, what);
    const target = at + offset;
    if (offset === 0 || target > this.bytes.length - 4) {
      throw damaged(`the offset of ${what} leads past its end`);
    }
    return target;
  }

  uint8(at: number, what: string): number {
    return this.#view.getUint8(this.#within(at, 1, what));
  }

  uint16(at: number, what: string): number {
    return this.#view.getUint16(this.#within(at, 2, what), true);
  }

  int32(at: number, what: string): number {
    return this.#view.getInt32(this.#within(at, 4, what), true);
  }

  uint32(at: number, what: string): number {
    return this.#view.getUint32(this.#within(at, 4, what), true);
  }

  float32(at: number, what: string): number {
    return this.#view.getFloat32(this.#within(at, 4, what), true);
  }

  int64(at: number, what: string): bigint {
    return this.#view.getBigInt64(this.#within(at, 8, what), true);
  }

  /** Where the elements of the vector at a place begin, and how many there are. */
  vector(at: number, size: number, what: string): { start: number; length: number } {
    const length = this.uint32(at, what);
    const start = at + 4;
    if (length * size > this.bytes.length - start) {
      throw damaged(`${what} says it has ${length} elements, more than the file holds`);
    }
    if (length > 0 && start % size !== 0) throw damaged(`${what} is not aligned`);
    return { start, length };
  }

  #within(at: number, size: number, what: string): number {
    if (at < 0 || at + size > this.bytes.length) throw damaged(`${what} lies past its end`);
    if (at % size !== 0) throw damaged(`${what} is not aligned`);
    return at;
  }
}

/** One table; fields that are not there give their default. @internal */
export class FlatTable {
  readonly #reader: FlatReader;
  readonly #at: number;
  readonly #vtable: number;
  readonly #vtableSize: number;
  readonly #size: number;

  constructor(reader: FlatReader, at: number) {
    this.#reader = reader;
    this.#at = at;
    reader.spend(TABLE_BYTES);
    this.#vtable = at - reader.int32(at, 'a table');
    this.#vtableSize = reader.uint16(this.#vtable, 'a table’s list of fields');
    this.#size = reader.uint16(this.#vtable + 2, 'a table’s list of fields');
    if (this.#vtableSize < 4 || this.#vtableSize % 2 !== 0) {
      throw damaged('a table’s list of fields has no possible length');
    }
    reader.uint8(this.#vtable + this.#vtableSize - 1, 'a table’s list of fields');
  }

  /** Counts bytes that are read into memory beside the table's own. */
  spend(bytes: number): void {
    this.#reader.spend(bytes);
  }

  has(field: number): boolean {
    return this.#place(field) !== undefined;
  }

  uint8(field: number, what: string, absent = 0): number {
    const at = this.#place(field, 1);
    return at === undefined ? absent : this.#reader.uint8(at, what);
  }

  bool(field: number, what: string, absent = false): boolean {
    return this.uint8(field, what, absent ? 1 : 0) !== 0;
  }

  int32(field: number, what: string, absent = 0): number {
    const at = this.#place(field, 4);
    return at === undefined ? absent : this.#reader.int32(at, what);
  }

  uint32(field: number, what: string, absent = 0): number {
    const at = this.#place(field, 4);
    return at === undefined ? absent : this.#reader.uint32(at, what);
  }

  uint64(field: number, what: string): bigint {
    const at = this.#place(field, 8);
    return at === undefined ? 0n : BigInt.asUintN(64, this.#reader.int64(at, what));
  }

  float32(field: number, what: string, absent = 0): number {
    const at = this.#place(field, 4);
    return at === undefined ? absent : this.#reader.float32(at, what);
  }

  string(field: number, what: string, absent = ''): string {
    const found = this.bytes(field, what);
    if (!found) return absent;
    this.#reader.spend(found.length);
    return new TextDecoder().decode(found);
  }

  /** Bytes where they lie, not copied. */
  bytes(field: number, what: string): Uint8Array | undefined {
    const found = this.#vector(field, 1, what);
    return found && this.#reader.bytes.subarray(found.start, found.start + found.length);
  }

  int32s(field: number, what: string): Int32Array | undefined {
    const found = this.#numbers(field, 4, what);
    if (!found) return undefined;
    const values = new Int32Array(found.length);
    for (let i = 0, at = found.start; i < values.length; i++, at += 4) {
      values[i] = this.#reader.int32(at, what);
    }
    return values;
  }

  float32s(field: number, what: string): Float32Array | undefined {
    const found = this.#numbers(field, 4, what);
    if (!found) return undefined;
    const values = new Float32Array(found.length);
    for (let i = 0, at = found.start; i < values.length; i++, at += 4) {
      values[i] = this.#reader.float32(at, what);
    }
    return values;
  }

  int64s(field: number, what: string): bigint[] | undefined {
    const found = this.#numbers(field, 8, what);
    if (!found) return undefined;
    return Array.from({ length: found.length }, (_, i) =>
      this.#reader.int64(found.start + 8 * i, what),
    );
  }

  table(field: number, what: string): FlatTable | undefined {
    const at = this.#place(field, 4);
    return at === undefined
      ? undefined
      : new FlatTable(this.#reader, this.#reader.follow(at, what));
  }

  /** A vector of tables; no more of them than `most`. */
  tables(field: number, what: string, most: number): FlatTable[] {
    const found = this.#vector(field, 4, what);
    if (!found) return [];
    if (found.length > most) {
      throw damaged(`it has ${found.length} ${what}, and more than ${most} are not read`);
    }
    return Array.from(
      { length: found.length },
      (_, i) => new FlatTable(this.#reader, this.#reader.follow(found.start + 4 * i, what)),
    );
  }

  /** A vector that is about to be read whole. */
  #numbers(
    field: number,
    size: number,
    what: string,
  ): { start: number; length: number } | undefined {
    const found = this.#vector(field, size, what);
    this.#reader.spend((found?.length ?? 0) * size);
    return found;
  }

  #vector(
    field: number,
    size: number,
    what: string,
  ): { start: number; length: number } | undefined {
    const at = this.#place(field, 4);
    return at === undefined
      ? undefined
      : this.#reader.vector(this.#reader.follow(at, what), size, what);
  }

  #place(field: number, size = 1): number | undefined {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.#vtableSize) return undefined;
    const offset = this.#reader.uint16(this.#vtable + slot, 'a table’s list of fields');
    if (offset === 0) return undefined;
    if (offset < 4 || offset + size > this.#size) throw damaged('a field lies outside its table');
    return this.#at + offset;
  }
}
