import type { Attribute } from './attributes.ts';
import { readChunked } from './chunks.ts';
import { readDataspace } from './dataspace.ts';
import { readDatatype, type Datatype } from './datatype.ts';
import { toFloats, toInts, type NumberType } from './decode-numbers.ts';
import { readFilters } from './filters.ts';
import { UNDEFINED_ADDRESS, type Hdf5Bytes, type Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';
import { readLayout } from './layout.ts';
import { findMessage, MESSAGE, type Message } from './object-header.ts';

/** An array of numbers in a file. Its shape is known before its numbers are read. */
export interface Dataset {
  readonly shape: readonly number[];
  /** The numbers in row-major order, as float32. */
  floats(): Float32Array<ArrayBuffer>;
  /** The same as int32. */
  ints(): Int32Array<ArrayBuffer>;
}

/**
 * Opens the array that an object's header describes.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @internal
 */
export function openDataset(
  file: Hdf5Bytes,
  messages: readonly Message[],
  name: string,
  attributes: () => Map<string, Attribute>,
): Dataset {
  const need = (type: number, what: string): Hdf5Cursor => {
    const found = findMessage(messages, type);
    if (!found) throw hdf5Invalid(`${name} is no array: it has no ${what}`);
    return found;
  };
  if (findMessage(messages, MESSAGE.externalFiles)) {
    throw hdf5Unsupported(`numbers in another file, for ${name}`, SAVE_WITH_KERAS);
  }
  const { shape, count } = readDataspace(need(MESSAGE.dataspace, 'shape'));
  const type = numberType(readDatatype(need(MESSAGE.datatype, 'type')), name, attributes);
  const read = (): Uint8Array => {
    const size = count * type.size;
    const layout = readLayout(need(MESSAGE.layout, 'layout'));
    const pipeline = findMessage(messages, MESSAGE.filters);
    const filters = pipeline ? readFilters(pipeline) : [];
    if (layout.kind === 'chunked') return readChunked(file, layout, shape, type.size, filters);
    if (layout.kind === 'compact') {
      if (layout.data.left !== size) throw sizeDiffers(name, shape, size, layout.data.left);
      return file.range(layout.data.at, size, name);
    }
    if (size === 0) return new Uint8Array(0);
    if (layout.size !== size) throw sizeDiffers(name, shape, size, layout.size);
    if (layout.address === UNDEFINED_ADDRESS) {
      throw hdf5Invalid(`the numbers of ${name} were never written`);
    }
    return file.range(file.base + layout.address, size, name);
  };
  // Float16 doubles.
  const counted = (): Uint8Array => {
    file.spendData(4 * count);
    return read();
  };
  return {
    shape,
    floats: () => toFloats(counted(), type),
    ints: () => toInts(counted(), type),
  };
}

function sizeDiffers(name: string, shape: readonly number[], size: number, stored: number): Error {
  return hdf5Invalid(
    `${name} has the shape [${shape.join(', ')}], which takes ${size} bytes, and ${stored} are stored`,
  );
}

function numberType(
  type: Datatype,
  name: string,
  attributes: () => Map<string, Attribute>,
): NumberType {
  if (type.kind === 'float' || type.kind === 'integer') return type;
  // NumPy knows no bfloat16: Keras keeps it as bytes, and says so beside them.
  if (type.kind === 'opaque' && type.size === 2 && attributes().has('dtype')) {
    return { kind: 'float', size: 2, isBrain: true, littleEndian: true };
  }
  throw hdf5Unsupported(`texts or bytes, in ${name}, where numbers belong`, SAVE_WITH_KERAS);
}
