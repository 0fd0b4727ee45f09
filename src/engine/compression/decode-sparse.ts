import { ReaderError } from '../../shared/reader-error.ts';
import { requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import { ByteReader, requireBytes } from './byte-stream.ts';
import { FORMATS, MAX_COLUMN_BITS, type SparseFormat } from './encode-sparse.ts';
import { bitWidth, packedLength, paddingIsSet, unpackInto } from './pack-bits.ts';
import { positionsOf } from './relative-index.ts';
import { bytesOfType, readStored, zerosOfType, type SparseValues } from './value-types.ts';

/** Options of {@link decodeSparse}. */
export interface DecodeSparseOptions {
  /** The most values to make room for: 2^24 unless told. A few bytes may stand for many zeros. */
  maxValues?: number;
}

/**
 * Gives back the values that {@link encodeSparse} stored, zeros and all, as an array of the type that they had.
 *
 * @param encoding - what encodeSparse gave, or the `bytes` of it
 * @param options - `maxValues`, 2^24 unless told: longer arrays are refused before memory is taken for them
 * @returns the values, row-major; their shape is in the encoding
 * @throws ReaderError `sparse-truncated`, `sparse-invalid`, `sparse-trailing-bytes`, `sparse-too-large`, `not-bytes`,
 *   `not-an-integer-in-range`, `option-unknown`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const encoding = compression.encodeSparse(Int8Array.of(0, 0, -3, 0, 7), [5], { format: 'bitmask' });
 * console.log(compression.decodeSparse(encoding)); // Int8Array(5) [ 0, 0, -3, 0, 7 ]
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, section 2
 */
export function decodeSparse(
  encoding: Uint8Array | { readonly bytes: Uint8Array },
  options: DecodeSparseOptions = {},
): SparseValues {
  requireKnownOptions('decodeSparse', options, ['maxValues'], '{ maxValues: 2 ** 26 }');
  const { maxValues = 2 ** 24 } = options;
  const bytes = encoding instanceof Uint8Array ? encoding : encoding?.bytes;
  requireBytes('encoding', bytes);
  requireInteger('maxValues', maxValues, 1, 2 ** 31 - 1);
  const reader = new ByteReader(bytes, 'sparse');
  const format = FORMATS[reader.byte('the format')];
  if (format === undefined) throw reader.invalid('The format is none of those that are known.');
  const type = reader.byte('the type');
  if (bytesOfType(type) === 0) throw reader.invalid('The type is none of those that are known.');
  const shape = readShape(reader);
  const length = shape.reduce((product, size) => product * size, 1);
  if (length > maxValues) {
    throw new ReaderError({
      code: 'sparse-too-large',
      explain: `The encoding says it holds ${length} values; maxValues is ${maxValues}.`,
      hint: 'If that is right, ask for more: decodeSparse(encoding, { maxValues }).',
    });
  }
  const { positions, stored } = decoders[format](reader, type, shape, length);
  reader.requireEnd();
  const values = zerosOfType(type, length)!;
  for (let i = 0; i < positions.length; i++) values[positions[i]!] = stored[i]!;
  return values;
}

function readShape(reader: ByteReader): number[] {
  const rank = reader.varint('the shape');
  if (rank < 1 || rank > 8) throw reader.invalid(`The shape has ${rank} sizes.`);
  const shape = Array.from({ length: rank }, () => reader.varint('the shape'));
  if (shape.includes(0)) throw reader.invalid('A size of the shape is 0.');
  return shape;
}

interface Stored {
  positions: Uint32Array;
  stored: SparseValues;
}

const decoders: Record<
  SparseFormat,
  (reader: ByteReader, type: number, shape: readonly number[], length: number) => Stored
> = {
  bitmask: (reader, type, _, length) => {
    const mask = takePacked(reader, length, 1, 'the bit mask');
    let kept = 0;
    for (const byte of mask) for (let bits = byte; bits > 0; bits &= bits - 1) kept++;
    const stored = readStored(reader, type, kept);
    const positions = new Uint32Array(kept);
    for (let i = 0, at = 0; at < kept; i++) {
      if ((mask[i >> 3]! >> (i & 7)) & 1) positions[at++] = i;
    }
    return { positions, stored };
  },

  csr: (reader, type, shape) => {
    const [rows, columns] = shape as [number, number];
    if (shape.length !== 2 || columns > 2 ** MAX_COLUMN_BITS) {
      throw reader.invalid('Compressed sparse rows belong to a matrix of at most 65536 columns.');
    }
    const kept = reader.varint('the number of values');
    const ends = readWide(reader, rows, bitWidth(kept));
    const width = bitWidth(columns - 1);
    const packed = takePacked(reader, kept, width, 'the columns');
    const stored = readStored(reader, type, kept);
    const positions = new Uint32Array(kept);
    unpackInto(positions, packed, width);
    let begin = 0;
    for (let row = 0; row < rows; row++) {
      const end = ends[row]!;
      if (end < begin || end > kept) throw reader.invalid(`Row ${row} ends where it cannot.`);
      for (let i = begin, last = -1; i < end; i++) {
        const column = positions[i]!;
        if (column <= last || column >= columns) {
          throw reader.invalid(`A column of row ${row} is out of order.`);
        }
        last = column;
        positions[i] = row * columns + column;
      }
      begin = end;
    }
    if (begin !== kept) throw reader.invalid(`The rows hold ${begin} values and not ${kept}.`);
    return { positions, stored };
  },

  relative: (reader, type, _, length) => {
    const indexBits = reader.byte('the bits of a gap');
    if (indexBits < 1 || indexBits > 8) throw reader.invalid(`A gap has ${indexBits} bits.`);
    const entries = reader.varint('the number of entries');
    const packed = takePacked(reader, entries, indexBits, 'the gaps');
    const step = 2 ** indexBits - 1;
    const gaps = new Uint8Array(entries);
    unpackInto(gaps, packed, indexBits);
    const stored = readStored(reader, type, entries, (entry) => gaps[entry] === step);
    return { positions: positionsOf(reader, gaps, length, indexBits), stored };
  },
};

function takePacked(reader: ByteReader, count: number, bits: number, what: string): Uint8Array {
  const packed = reader.take(packedLength(count, bits), what);
  if (paddingIsSet(packed, bits, count)) throw reader.invalid(`The bits after ${what} are not 0.`);
  return packed;
}

/** The inverse of packWide. */
function readWide(reader: ByteReader, count: number, bits: number): Uint32Array {
  const low = takePacked(reader, count, Math.min(bits, 16), 'the ends of the rows');
  const high = bits > 16 ? takePacked(reader, count, bits - 16, 'the ends of the rows') : undefined;
  const values = new Uint32Array(count);
  unpackInto(values, low, Math.min(bits, 16));
  if (!high) return values;
  const upper = new Uint32Array(count);
  unpackInto(upper, high, bits - 16);
  return values.map((value, i) => value + upper[i]! * 65536);
}
