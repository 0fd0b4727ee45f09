import { ReaderError } from '../../shared/reader-error.ts';
import { requireArray, toFloat32 } from '../numerics/arguments.ts';
import type { ByteReader } from './byte-stream.ts';

/** Arrays that the sparse formats take and give back. */
export type SparseValues =
  | Float32Array<ArrayBufferLike>
  | Int8Array<ArrayBufferLike>
  | Uint8Array<ArrayBufferLike>
  | Int16Array<ArrayBufferLike>
  | Uint16Array<ArrayBufferLike>;

const TYPES = [Float32Array, Int8Array, Uint8Array, Int16Array, Uint16Array] as const;

/** The number by which a type is written. @internal */
export function typeCode(values: SparseValues): number {
  return TYPES.findIndex((type) => values instanceof type);
}

/** An array of zeros of the type so numbered, or undefined. @internal */
export function zerosOfType(code: number, length: number): SparseValues | undefined {
  const type = TYPES[code];
  return type && new type(length);
}

/** Bytes of one value of the type so numbered; 0 for none. @internal */
export function bytesOfType(code: number): number {
  return TYPES[code]?.BYTES_PER_ELEMENT ?? 0;
}

/** Typed arrays as they are, arrays of numbers as float32; all of them finite. @internal */
export function requireSparseValues(values: ArrayLike<number>): SparseValues {
  requireArray('values', values);
  if (Array.isArray(values)) return toFloat32('values', values);
  if (typeCode(values as SparseValues) < 0) {
    throw new ReaderError({
      code: 'array-type-unsupported',
      explain: `values must be a Float32Array, Int8Array, Uint8Array, Int16Array or Uint16Array; it is a ${values.constructor.name}.`,
      hint: 'Convert it, for example with Float32Array.from(values).',
    });
  }
  if (values instanceof Float32Array) toFloat32('values', values);
  return values as SparseValues;
}

/**
 * Where a value is that must be stored: every one but 0 itself. −0 is another pattern of bits and is stored, so that
 * what is decoded is the same bit for bit.
 *
 * @internal
 */
export function storedPositions(values: SparseValues): Uint32Array<ArrayBuffer> {
  const bits =
    values instanceof Float32Array
      ? new Uint32Array(values.buffer, values.byteOffset, values.length)
      : values;
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) count++;
  const positions = new Uint32Array(count);
  for (let i = 0, at = 0; at < count; i++) if (bits[i] !== 0) positions[at++] = i;
  return positions;
}

/** The values at some positions, as an array of the same type. @internal */
export function valuesAt(values: SparseValues, positions: Uint32Array): SparseValues {
  const found = zerosOfType(typeCode(values), positions.length)!;
  for (let i = 0; i < positions.length; i++) found[i] = values[positions[i]!]!;
  return found;
}

/** Reads stored values; none may be a 0 that need not have been stored, but where `mayBeZero` says so. @internal */
export function readStored(
  reader: ByteReader,
  type: number,
  count: number,
  mayBeZero: (index: number) => boolean = () => false,
): SparseValues {
  const bytes = reader.take(count * bytesOfType(type), 'the stored values').slice();
  const found = new TYPES[type]!(bytes.buffer) as SparseValues;
  if (found instanceof Float32Array && !found.every(Number.isFinite)) {
    throw reader.invalid('A stored value is not a finite number.');
  }
  const bits = found instanceof Float32Array ? new Uint32Array(found.buffer) : found;
  for (let i = 0; i < count; i++) {
    if (bits[i] === 0 && !mayBeZero(i)) {
      throw reader.invalid('A 0 is stored where only values belong.');
    }
  }
  return found;
}
