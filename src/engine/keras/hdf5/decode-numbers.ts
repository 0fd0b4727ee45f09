import { decodeBfloat16 } from '../../numerics/bfloat16.ts';
import { decodeFloat16 } from '../../numerics/float16.ts';
import type { Datatype } from './datatype.ts';
import { hdf5Invalid } from './hdf5-errors.ts';

/** Types whose elements are numbers. */
export type NumberType = Extract<Datatype, { kind: 'float' | 'integer' }>;

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** The numbers as float32; larger formats are rounded. The bytes are copied. @internal */
export function toFloats(bytes: Uint8Array, type: NumberType): Float32Array<ArrayBuffer> {
  const ordered = inMachineOrder(bytes, type);
  if (ordered.length === 0) return new Float32Array(0);
  if (type.kind === 'integer') return new Float32Array(integers(ordered, type));
  if (type.size === 8) return new Float32Array(new Float64Array(ordered.buffer));
  if (type.size === 4) return new Float32Array<ArrayBuffer>(ordered.buffer);
  const words = new Uint16Array(ordered.buffer);
  return type.isBrain ? decodeBfloat16(words) : decodeFloat16(words);
}

/**
 * The numbers as int32.
 *
 * @throws ReaderError `hdf5-invalid` where a number is no int32
 * @internal
 */
export function toInts(bytes: Uint8Array, type: NumberType): Int32Array<ArrayBuffer> {
  const ordered = inMachineOrder(bytes, type);
  const values = type.kind === 'integer' ? integers(ordered, type) : toFloats(bytes, type);
  return Int32Array.from(values, (value) => {
    if (Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX) return value;
    throw hdf5Invalid(`the number ${value} stands where integers of 32 bits belong`);
  });
}

/** A copy, aligned, its elements in the byte order of this machine. */
function inMachineOrder(
  bytes: Uint8Array,
  { size, littleEndian }: NumberType,
): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  if (littleEndian === IS_LITTLE_ENDIAN || size === 1) return copy;
  for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return copy;
}

function integers(
  { buffer }: Uint8Array<ArrayBuffer>,
  { size, signed }: Extract<NumberType, { kind: 'integer' }>,
): ArrayLike<number> {
  if (size === 1) return signed ? new Int8Array(buffer) : new Uint8Array(buffer);
  if (size === 2) return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
  if (size === 4) return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
  const large = signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
  return Array.from(large as BigInt64Array, Number);
}
