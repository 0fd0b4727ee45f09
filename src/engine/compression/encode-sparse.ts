import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import { ByteWriter } from './byte-stream.ts';
import { bitWidth, packUnchecked } from './pack-bits.ts';
import { relativeIndex } from './relative-index.ts';
import {
  requireSparseValues,
  storedPositions,
  typeCode,
  valuesAt,
  zerosOfType,
  type SparseValues,
} from './value-types.ts';

/** How the places of the values that are not 0 are written. */
export type SparseFormat = 'bitmask' | 'csr' | 'relative';

/** Options of {@link encodeSparse}. */
export interface SparseOptions {
  /** `relative` unless told. */
  format?: SparseFormat;
  /** Of `relative`: bits of a gap, 1 … 8; 5 unless told. */
  indexBits?: number;
}

/** An array without its zeros. */
export interface SparseEncoding {
  /** Everything that {@link decodeSparse} needs. */
  bytes: Uint8Array<ArrayBuffer>;
  format: SparseFormat;
  shape: number[];
  /** Values that are not 0. */
  kept: number;
  /** Of `relative`: zeros stored because a gap was too large. */
  fillers: number;
  /** Bytes of `bytes` that say where the values lie. */
  indexBytes: number;
  /** Bytes of `bytes` that hold values. */
  valueBytes: number;
}

/** By which numbers the formats are written. @internal */
export const FORMATS: readonly SparseFormat[] = ['bitmask', 'csr', 'relative'];
/** Bits of a column's number at most. @internal */
export const MAX_COLUMN_BITS = 16;

/**
 * Stores an array without its zeros: the values that are not 0, and where they lie.
 *
 * Of n values, a of them not 0: `bitmask` takes one bit a value, n/8 bytes. `csr`, compressed sparse rows, takes for a
 * matrix [rows, columns] how many values lie before the end of each row, and the column of each value, in as few bits
 * as hold the largest. `relative` takes the zeros before each value in `indexBits` bits b; where there are 2^b or
 * more, a filler of value 0 is stored 2^b places on, so that 3 bits reach 8 places, as in Deep Compression; fillers go on
 * through zeros at the end. −0 is not 0: it is stored, and everything comes back bit for bit. A product of a negative
 * weight and a mask's 0 is −0: write `kept ? w : 0` instead. NaN and infinities are refused.
 *
 * @param values - n numbers as Float32Array, Int8Array, Uint8Array, Int16Array or Uint16Array; an array counts as float32
 * @param shape - sizes of the tensor the values came from, [n] unless told; two sizes for `csr`, at most 65,536 columns
 * @param options - `format` and `indexBits`
 * @returns `{bytes, format, shape, kept, fillers, indexBytes, valueBytes}`
 * @throws ReaderError `sparse-format-unknown`, `sparse-not-a-matrix`, `shape-does-not-fit`, `array-type-unsupported`,
 *   `value-not-finite`, `not-an-integer-in-range`, `option-unknown`, `array-empty`,
 *   `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * const weights = Float32Array.of(0, 3.5, 0, 0, 0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1.75);
 * const { bytes, kept, fillers } = compression.encodeSparse(weights, [4, 4], { indexBits: 3 });
 * console.log(kept, fillers, bytes.length); // 3 1 25
 * console.log(compression.decodeSparse(bytes)[4]); // 0.75
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, section 2 and figure 2
 */
export function encodeSparse(
  values: ArrayLike<number>,
  shape?: readonly number[],
  options: SparseOptions = {},
): SparseEncoding {
  const example = "{ format: 'relative', indexBits: 5 }";
  requireKnownOptions('encodeSparse', options, ['format', 'indexBits'], example);
  const { format = 'relative', indexBits = 5 } = options;
  const stored = requireSparseValues(values);
  const sizes = requireShape(shape ?? [stored.length], stored.length);
  requireFormat(format);
  requireInteger('indexBits', indexBits, 1, 8);
  const positions = storedPositions(stored);
  const header = new ByteWriter()
    .byte(FORMATS.indexOf(format))
    .byte(typeCode(stored))
    .varint(sizes.length);
  for (const size of sizes) header.varint(size);
  const parts = encoders[format](stored, positions, sizes, indexBits);
  return {
    bytes: header.raw(parts.counts.toBytes()).raw(parts.index).raw(parts.values).toBytes(),
    format,
    shape: sizes,
    kept: positions.length,
    fillers: parts.fillers,
    indexBytes: parts.index.byteLength,
    valueBytes: parts.values.byteLength,
  };
}

interface SparseParts {
  counts: ByteWriter;
  index: Uint8Array;
  values: SparseValues;
  fillers: number;
}

const encoders: Record<
  SparseFormat,
  (
    values: SparseValues,
    positions: Uint32Array,
    shape: readonly number[],
    indexBits: number,
  ) => SparseParts
> = {
  bitmask: (values, positions) => {
    const index = new Uint8Array(Math.ceil(values.length / 8));
    for (const position of positions) index[position >> 3]! |= 1 << (position & 7);
    return {
      counts: new ByteWriter(),
      index,
      values: valuesAt(values, positions),
      fillers: 0,
    };
  },

  csr: (values, positions, shape) => {
    const [rows, columns] = requireMatrix(shape);
    const ends = new Uint32Array(rows);
    const columnOf = positions.map((position) => position % columns);
    for (const position of positions) ends[Math.floor(position / columns)]!++;
    for (let row = 1; row < rows; row++) ends[row]! += ends[row - 1]!;
    const index = new ByteWriter()
      .raw(packWide(ends, bitWidth(positions.length)))
      .raw(packUnchecked(columnOf, bitWidth(columns - 1)));
    return {
      counts: new ByteWriter().varint(positions.length),
      index: index.toBytes(),
      values: valuesAt(values, positions),
      fillers: 0,
    };
  },

  relative: (values, positions, _, indexBits) => {
    const { gaps, sources, fillers } = relativeIndex(positions, values.length, indexBits);
    const entries = zerosOfType(typeCode(values), gaps.length)!;
    sources.forEach((source, entry) => {
      if (source >= 0) entries[entry] = values[positions[source]!]!;
    });
    return {
      counts: new ByteWriter().byte(indexBits).varint(gaps.length),
      index: packUnchecked(gaps, indexBits),
      values: entries,
      fillers,
    };
  },
};

/** Numbers of up to 32 bits: the low 16 of each, and then the rest. @internal */
export function packWide(values: Uint32Array, bits: number): Uint8Array {
  if (bits <= 16) return packUnchecked(values, bits);
  const low = packUnchecked(
    values.map((value) => value & 0xffff),
    16,
  );
  const high = packUnchecked(
    values.map((value) => value >>> 16),
    bits - 16,
  );
  return new ByteWriter().raw(low).raw(high).toBytes();
}

function requireFormat(format: SparseFormat): void {
  if (FORMATS.includes(format)) return;
  throw new ReaderError({
    code: 'sparse-format-unknown',
    explain: `format must be 'bitmask', 'csr' or 'relative'; it is ${describe(format)}.`,
  });
}

function requireShape(shape: readonly number[], length: number): number[] {
  const isShape =
    Array.isArray(shape) &&
    shape.length > 0 &&
    shape.every((size) => Number.isInteger(size) && size > 0);
  if (isShape && shape.reduce((product, size) => product * size, 1) === length) return [...shape];
  throw new ReaderError({
    code: 'shape-does-not-fit',
    explain: `shape must be sizes whose product is the number of values, ${length}; it is ${Array.isArray(shape) ? `[${shape.join(', ')}]` : describe(shape)}.`,
    hint: 'Pass the shape of the tensor, and the options after it.',
  });
}

function requireMatrix(shape: readonly number[]): [rows: number, columns: number] {
  if (shape.length !== 2 || shape[1]! > 2 ** MAX_COLUMN_BITS) {
    throw new ReaderError({
      code: 'sparse-not-a-matrix',
      explain: `The format 'csr' takes a matrix of at most 65536 columns; the shape is [${shape.join(', ')}].`,
      hint: 'A kernel [height, width, in, out] is the matrix [height·width·in, out].',
    });
  }
  return [shape[0]!, shape[1]!];
}
