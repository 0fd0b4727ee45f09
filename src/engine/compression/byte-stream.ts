import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** What is read: the first word of the codes of its errors. */
export type StreamKind = 'huffman' | 'sparse' | 'compressed';

/** The largest number that {@link ByteWriter.varint} writes. */
const VARINT_MAX = 2 ** 32 - 1;

/** Bytes written one after the other, in memory that grows. @internal */
export class ByteWriter {
  #bytes = new Uint8Array(64);
  length = 0;

  byte(value: number): this {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
    return this;
  }

  /** A non-negative integer, seven bits a byte, the lowest first; the top bit says that more follow. */
  varint(value: number): this {
    if (value > VARINT_MAX) throw tooLarge(value);
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.byte(rest);
  }

  /** The bytes of another array, in the machine's order, which is little-endian wherever JavaScript runs. */
  raw(values: ArrayBufferView): this {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /** A copy of what has been written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(wanted, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads bytes in order, and never past their end. @internal */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly kind: StreamKind;
  position = 0;

  constructor(bytes: Uint8Array, kind: StreamKind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  byte(what: string): number {
    if (this.remaining < 1) throw this.#truncated(what, 1);
    return this.bytes[this.position++]!;
  }

  /** The inverse of {@link ByteWriter.varint}; only the shortest form of a number is taken. */
  varint(what: string): number {
    let value = 0;
    for (let shift = 1; ; shift *= 0x80) {
      const byte = this.byte(what);
      value += (byte & 0x7f) * shift;
      if (value > VARINT_MAX) throw this.invalid(`${what} is beyond 32 bits.`);
      if (byte >= 0x80) continue;
      if (byte === 0 && shift > 1) throw this.invalid(`${what} is written longer than it need be.`);
      return value;
    }
  }

  /** The next bytes, not copied. */
  take(length: number, what: string): Uint8Array {
    if (this.remaining < length) throw this.#truncated(what, length);
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** The next float32 numbers, copied. */
  floats(count: number, what: string): Float32Array<ArrayBuffer> {
    return new Float32Array<ArrayBuffer>(this.take(4 * count, what).slice().buffer);
  }

  /** Nothing may be left over. */
  requireEnd(): void {
    if (this.remaining === 0) return;
    throw new ReaderError({
      code: `${this.kind}-trailing-bytes`,
      explain: `${this.remaining} bytes follow the end of the encoding.`,
      hint: 'Pass exactly the bytes that the encoder gave, and nothing after them.',
    });
  }

  /** The error for bytes that no encoder writes. */
  invalid(explain: string): ReaderError {
    return new ReaderError({
      code: `${this.kind}-invalid`,
      explain,
      hint: 'The bytes were altered, or something else wrote them: encode again.',
    });
  }

  #truncated(what: string, wanted: number): ReaderError {
    return new ReaderError({
      code: `${this.kind}-truncated`,
      explain: `The bytes end within ${what}: ${wanted} more are needed at byte ${this.position}, and ${this.remaining} are there.`,
      hint: 'Pass all the bytes that the encoder gave; a download or a copy may have stopped early.',
    });
  }
}

/** A Uint8Array: what an encoder gave, or a file. @internal */
export function requireBytes(name: string, bytes: Uint8Array): void {
  if (bytes instanceof Uint8Array) return;
  const given: unknown = bytes;
  throw new ReaderError({
    code: 'not-bytes',
    explain: `${name} must be a Uint8Array; ${describe(given)} came.`,
    hint:
      given instanceof ArrayBuffer
        ? `Wrap it: new Uint8Array(${name}).`
        : 'Pass the bytes that the encoder gave.',
  });
}

function tooLarge(value: number): ReaderError {
  return new ReaderError({
    code: 'too-much-to-encode',
    explain: `Encodings count with 32 bits; ${value} is beyond them.`,
    hint: 'Encode the values in parts.',
  });
}
