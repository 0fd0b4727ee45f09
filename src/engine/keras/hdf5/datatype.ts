import type { Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';

/** What the elements of an array are, as far as Keras writes them. */
export type Datatype =
  | { kind: 'float'; size: 2 | 4 | 8; isBrain: boolean; littleEndian: boolean }
  | { kind: 'integer'; size: 1 | 2 | 4 | 8; signed: boolean; littleEndian: boolean }
  | { kind: 'text'; size: number }
  /** Length and place of each text, kept elsewhere. */
  | { kind: 'textReference'; size: number }
  /** Bytes without meaning: bfloat16 is kept so. */
  | { kind: 'opaque'; size: number };

const NOT_READ: Record<number, string> = {
  2: 'times',
  4: 'bit fields',
  6: 'compound types',
  7: 'references',
  8: 'enumerations',
  10: 'arrays as elements',
  11: 'complex numbers',
};

/**
 * Reads a datatype message.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.d
 * @internal
 */
export function readDatatype(cursor: Hdf5Cursor): Datatype {
  const first = cursor.u8();
  const version = first >> 4;
  if (version < 1 || version > 5) throw hdf5Invalid(`a type is of version ${version}`);
  const bits = cursor.uint(3);
  const size = cursor.u32();
  if (size === 0) throw hdf5Invalid('a type has no size');
  const kind = first & 15;
  if (kind === 0) return readInteger(cursor, bits, size);
  if (kind === 1) return readFloat(cursor, bits, size);
  if (kind === 3) return { kind: 'text', size };
  if (kind === 5) return { kind: 'opaque', size };
  if (kind === 9 && (bits & 15) === 1) return { kind: 'textReference', size };
  if (kind === 9) throw hdf5Unsupported('lists of varying length', SAVE_WITH_KERAS);
  const name = NOT_READ[kind];
  if (name === undefined) throw hdf5Invalid(`a type is of class ${kind}, which is not known`);
  throw hdf5Unsupported(name, SAVE_WITH_KERAS);
}

function readInteger(cursor: Hdf5Cursor, bits: number, size: number): Datatype {
  const offset = cursor.u16();
  const precision = cursor.u16();
  if (![1, 2, 4, 8].includes(size) || offset !== 0 || precision !== 8 * size) {
    throw hdf5Unsupported(`integers of ${precision} bits in ${size} bytes`, SAVE_WITH_KERAS);
  }
  return {
    kind: 'integer',
    size: size as 1 | 2 | 4 | 8,
    signed: (bits & 8) !== 0,
    littleEndian: (bits & 1) === 0,
  };
}

/** Bits of exponent and mantissa, and the bias, of the formats that are read. */
const FLOATS = [
  { size: 2, exponent: 5, mantissa: 10, bias: 15, isBrain: false },
  { size: 2, exponent: 8, mantissa: 7, bias: 127, isBrain: true },
  { size: 4, exponent: 8, mantissa: 23, bias: 127, isBrain: false },
  { size: 8, exponent: 11, mantissa: 52, bias: 1023, isBrain: false },
] as const;

function readFloat(cursor: Hdf5Cursor, bits: number, size: number): Datatype {
  const offset = cursor.u16();
  const precision = cursor.u16();
  const exponentAt = cursor.u8();
  const exponent = cursor.u8();
  const mantissaAt = cursor.u8();
  const mantissa = cursor.u8();
  const bias = cursor.u32();
  const sign = (bits >> 8) & 0xff;
  const isOrderKnown = (bits & 0x40) === 0;
  const found = FLOATS.find(
    (each) =>
      each.size === size &&
      each.exponent === exponent &&
      each.mantissa === mantissa &&
      each.bias === bias,
  );
  const isPlain =
    offset === 0 &&
    precision === 8 * size &&
    mantissaAt === 0 &&
    exponentAt === mantissa &&
    sign === precision - 1;
  if (!found || !isPlain || !isOrderKnown) {
    throw hdf5Unsupported(
      `floating-point numbers of ${size} bytes of their own kind`,
      SAVE_WITH_KERAS,
    );
  }
  const { isBrain } = found;
  return { kind: 'float', size: found.size, isBrain, littleEndian: (bits & 1) === 0 };
}
