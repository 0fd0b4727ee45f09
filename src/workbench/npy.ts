import type { ReaderError } from '../shared/reader-error.ts';
import { decodeFloat16 } from '../engine/numerics/float16.ts';
import { npyError, parseNpyHeader } from './npy-header.ts';

/** Names of the element types that are read. */
export type NpyType =
  | 'bool'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float16'
  | 'float32'
  | 'float64';

/** Numbers as they come out. */
export type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array of numpy. */
export interface NpyArray {
  /** Type in the file; truths come out as 0 and 1, float16 as float32, integers of 64 bits as float64. */
  dtype: NpyType;
  shape: number[];
  /** Row-major, whatever order the file has. */
  data: NumberArray;
}

interface Kind {
  dtype: NpyType;
  bytes: number;
  /** What the elements are kept in; float16 as its bits. */
  type: NumberArrayType;
  /** Whether memory holds the elements as a little-endian file does. */
  isNative: boolean;
  /** Reads the element at a place of the file. */
  read: (view: DataView, at: number, little: boolean) => number;
}

type NumberArrayType = new (lengthOrBuffer: number | ArrayBuffer) => NumberArray;

const KINDS: Record<string, Kind> = {
  b1: kind('bool', 1, Uint8Array, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)),
  u1: kind('uint8', 1, Uint8Array, (view, at) => view.getUint8(at)),
  i1: kind('int8', 1, Int8Array, (view, at) => view.getInt8(at)),
  u2: kind('uint16', 2, Uint16Array, (view, at, little) => view.getUint16(at, little)),
  i2: kind('int16', 2, Int16Array, (view, at, little) => view.getInt16(at, little)),
  u4: kind('uint32', 4, Uint32Array, (view, at, little) => view.getUint32(at, little)),
  i4: kind('int32', 4, Int32Array, (view, at, little) => view.getInt32(at, little)),
  u8: kind('uint64', 8, Float64Array, (view, at, little) => Number(view.getBigUint64(at, little))),
  i8: kind('int64', 8, Float64Array, (view, at, little) => Number(view.getBigInt64(at, little))),
  f2: kind('float16', 2, Uint16Array, (view, at, little) => view.getUint16(at, little)),
  f4: kind('float32', 4, Float32Array, (view, at, little) => view.getFloat32(at, little)),
  f8: kind('float64', 8, Float64Array, (view, at, little) => view.getFloat64(at, little)),
};

function kind(dtype: NpyType, bytes: number, type: NumberArrayType, read: Kind['read']): Kind {
  return { dtype, bytes, type, isNative: dtype !== 'bool' && !dtype.endsWith('int64'), read };
}

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY')];
/** A header of three entries is short; numpy itself warns past 10,000. */
const MOST_HEADER = 10_000;

/**
 * Reads a .npy file, versions 1 to 3: numbers of one to eight bytes, in either byte order and either order of axes.
 *
 * @param bytes - the whole file
 * @param source - how messages call it
 * @returns `{dtype, shape, data}`, the data row-major
 * @throws ReaderError `npy-not-one`, `npy-version-unknown`, `npy-header-invalid`, `npy-object-refused` for pickled
 *   objects, `npy-structured`, `npy-type-unsupported`, `npy-cut-short`, `npy-trailing-bytes`,
 *   `npy-integer-too-large` for integers that a double does not hold exactly
 * @see numpy.lib.format
 */
export function readNpy(bytes: Uint8Array, source = 'The .npy file'): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { text, start } = headerText(bytes, view, source);
  const { descr, fortranOrder, shape } = parseNpyHeader(text, source);
  const { little, ...kind } = kindOf(descr, source);
  // A product past 2^53 is far past what any file holds, exact or not.
  const length = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  const [wanted, held] = [length * kind.bytes, bytes.length - start];
  const said = `its header says [${shape.join(', ')}] of ${kind.dtype}, ${wanted} bytes, and ${held} follow`;
  if (wanted > held) throw npyError(source, 'npy-cut-short', said);
  if (wanted < held) throw npyError(source, 'npy-trailing-bytes', said);
  const data =
    kind.isNative && (little || kind.bytes === 1)
      ? new kind.type(bytes.slice(start).buffer)
      : readEach(view, start, length, kind, little);
  if (kind.dtype.endsWith('int64')) requireSafe(data, source);
  const values = kind.dtype === 'float16' ? decoded(data) : data;
  return { dtype: kind.dtype, shape, data: fortranOrder ? toRowMajor(values, shape) : values };
}

function readEach(
  view: DataView,
  start: number,
  length: number,
  { type, read, bytes }: Kind,
  little: boolean,
): NumberArray {
  const data = new type(length);
  for (let i = 0, at = start; i < length; i++, at += bytes) data[i] = read(view, at, little);
  return data;
}

/** What each of the 65,536 patterns of half precision stands for. */
let halves: Float32Array | undefined;

function decoded(bits: NumberArray): Float32Array {
  halves ??= decodeFloat16(Uint16Array.from({ length: 65_536 }, (_, pattern) => pattern));
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = halves[bits[i]!]!;
  return values;
}

function headerText(
  bytes: Uint8Array,
  view: DataView,
  source: string,
): { text: string; start: number } {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw npyError(source, 'npy-not-one', 'it does not begin as a .npy file does, with 93 NUMPY');
  }
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if (major < 1 || major > 3 || minor !== 0) {
    throw npyError(source, 'npy-version-unknown', `it has the version ${major}.${minor}`);
  }
  const begin = major === 1 ? 10 : 12;
  if (bytes.length < begin) throw npyError(source, 'npy-cut-short', 'its header is not whole');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MOST_HEADER) {
    throw npyError(source, 'npy-header-invalid', `its header has ${length} bytes`);
  }
  const start = begin + length;
  if (start > bytes.length) throw npyError(source, 'npy-cut-short', 'its header is not whole');
  const encoding = major === 3 ? 'utf-8' : 'latin1';
  return { text: new TextDecoder(encoding).decode(bytes.subarray(begin, start)), start };
}

function kindOf(descr: string, source: string): Kind & { little: boolean } {
  const order = descr[0] ?? '';
  const found = '<>|='.includes(order) ? KINDS[descr.slice(1)] : undefined;
  // A vertical bar says that there is no order, which holds for single bytes alone; = is never written.
  if (found && order !== '=' && (order !== '|' || found.bytes === 1)) {
    return { ...found, little: order !== '>' };
  }
  throw typeError(descr, source);
}

function typeError(descr: string, source: string): ReaderError {
  if (/^[<>|=]?O/.test(descr)) {
    return npyError(
      source,
      'npy-object-refused',
      'its elements are Python objects, pickled; to read those is to run whatever they say',
      'Save numbers: arrays of one shape become one array with numpy.stack.',
    );
  }
  return npyError(
    source,
    'npy-type-unsupported',
    `its elements are of type ${JSON.stringify(descr.slice(0, 40))}; real numbers of up to 8 bytes are read`,
    'Convert it first, for example with array.astype(numpy.float32).',
  );
}

function requireSafe(data: NumberArray, source: string): void {
  const bad = data.findIndex((value) => !Number.isSafeInteger(value));
  if (bad < 0) return;
  throw npyError(
    source,
    'npy-integer-too-large',
    `its element ${bad}, near ${data[bad]}, is an integer that a double does not hold exactly`,
    'Convert it first, for example with array.astype(numpy.int32).',
  );
}

/** The values with the last axis changing fastest, from values whose first axis does. */
function toRowMajor<T extends NumberArray>(values: T, shape: readonly number[]): T {
  const moved = values.slice() as T;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((all, size) => all * size, 1));
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    moved[to] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return moved;
}
