import { hdf5Invalid, hdf5Truncated } from './hdf5-errors.ts';

/** Steps in which a file may be read: entries, messages, names. A model of a thousand layers takes some 100,000. */
const MOST_STEPS = 1_000_000;
/** Characters of all texts together. */
const MOST_TEXT = 64 * 2 ** 20;
/** What numbers may come to where a small file says that it holds many. */
const LEAST_DATA_ALLOWANCE = 32 * 2 ** 20;
const DATA_PER_FILE_BYTE = 8;

/** Where something is not: HDF5 writes an address of all ones. */
export const UNDEFINED_ADDRESS = -1;

/**
 * The bytes of a file with the sizes its numbers have, and with limits on what reading it may cost: addresses in a
 * file can lead anywhere, in circles too, and the limits end every walk.
 *
 * @internal
 */
export class Hdf5Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the file begins in the bytes: before it there can be something else. */
  readonly base: number;
  offsetSize = 8;
  lengthSize = 8;
  #stepsLeft = MOST_STEPS;
  #textLeft = MOST_TEXT;
  #dataLeft: number;

  constructor(bytes: Uint8Array, base: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.base = base;
    this.#dataLeft = Math.max(LEAST_DATA_ALLOWANCE, DATA_PER_FILE_BYTE * bytes.length);
  }

  /** Counts what is read of the file's structure. */
  spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw hdf5Invalid('its structure has no end');
  }

  /** Counts bytes of numbers before memory is taken for them. */
  spendData(bytes: number): void {
    this.#dataLeft -= bytes;
    if (this.#dataLeft >= 0) return;
    throw hdf5Invalid(
      `it has ${this.bytes.length} bytes, and its arrays claim more than could be in them`,
    );
  }

  /** Text in UTF-8. */
  text(at: number, length: number, what: string): string {
    this.#textLeft -= length;
    if (this.#textLeft < 0) throw hdf5Invalid('its texts have no end');
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.range(at, length, what));
    } catch (error) {
      if (error instanceof TypeError) throw hdf5Invalid(`${what} is no text in UTF-8`);
      throw error;
    }
  }

  /** Bytes of the file, not copied. */
  range(at: number, length: number, what: string): Uint8Array {
    this.require(at, length, what);
    return this.bytes.subarray(at, at + length);
  }

  /** A reader that begins at an address of the file. */
  cursor(address: number, what: string, length?: number): Hdf5Cursor {
    if (address === UNDEFINED_ADDRESS) throw hdf5Invalid(`${what} has no address`);
    const at = this.base + address;
    if (length !== undefined) this.require(at, length, what);
    else if (at >= this.bytes.length) throw outside(what);
    this.spend(1);
    return new Hdf5Cursor(this, at, length === undefined ? this.bytes.length : at + length, what);
  }

  require(at: number, length: number, what: string): void {
    if (at < 0 || length < 0 || at + length > this.bytes.length) throw outside(what);
  }
}

function outside(what: string): Error {
  return hdf5Truncated(`${what} would lie past its last byte`);
}

/** Reads one thing after the other, and never past the end it was given. @internal */
export class Hdf5Cursor {
  readonly file: Hdf5Bytes;
  readonly what: string;
  readonly end: number;
  at: number;

  constructor(file: Hdf5Bytes, at: number, end: number, what: string) {
    this.file = file;
    this.at = at;
    this.end = end;
    this.what = what;
  }

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    return this.file.view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.file.view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.file.view.getUint32(this.#take(4), true);
  }

  /** A length in the size that the file uses. */
  length(): number {
    return this.uint(this.file.lengthSize);
  }

  /** An address; UNDEFINED_ADDRESS where all bits are set. */
  offset(): number {
    const size = this.file.offsetSize;
    const { bytes } = this.file;
    let isUndefined = this.left >= size;
    for (let i = 0; i < size && isUndefined; i++) isUndefined = bytes[this.at + i] === 0xff;
    if (!isUndefined) return this.uint(size);
    this.skip(size);
    return UNDEFINED_ADDRESS;
  }

  /** An unsigned integer of 1 to 8 bytes. Beyond 2^53, or any file's length, the file is damaged. */
  uint(size: number): number {
    const at = this.#take(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.file.bytes[at + i]!;
    if (value > Number.MAX_SAFE_INTEGER) throw hdf5Invalid(`${this.what} holds too large a number`);
    return value;
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** The part that follows, as a cursor of its own. */
  part(length: number, what = this.what): Hdf5Cursor {
    const at = this.#take(length);
    return new Hdf5Cursor(this.file, at, at + length, what);
  }

  signature(expected: string): void {
    const at = this.#take(4);
    for (let i = 0; i < 4; i++) {
      if (this.file.bytes[at + i] !== expected.charCodeAt(i)) {
        throw hdf5Invalid(`where ${this.what} should be there is something else`);
      }
    }
  }

  /** The version must be one of those given. */
  version(...known: readonly number[]): number {
    const version = this.u8();
    if (!known.includes(version)) {
      throw hdf5Invalid(`${this.what} is of version ${version}, which is not known`);
    }
    return version;
  }

  #take(length: number): number {
    const { at } = this;
    if (length < 0 || at + length > this.end) {
      throw at + length > this.file.bytes.length
        ? outside(this.what)
        : hdf5Invalid(`${this.what} is shorter than it must be`);
    }
    this.at = at + length;
    return at;
  }
}
