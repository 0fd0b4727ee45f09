import { readDataspace } from './dataspace.ts';
import { readDatatype, type Datatype } from './datatype.ts';
import { denseAttributes } from './dense-storage.ts';
import type { GlobalHeap } from './global-heap.ts';
import { Hdf5Cursor, type Hdf5Bytes } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';
import { MESSAGE, type Message } from './object-header.ts';

/** Groups can share a header: an attribute, or a text, takes the time and memory of so many steps. */
const ATTRIBUTE_STEPS = 8;
const TEXT_STEPS = 4;

/** A named value of a group or dataset, not yet read. */
export interface Attribute {
  name: string;
  datatype: () => Datatype;
  count: number;
  data: Hdf5Cursor;
}

/**
 * The attributes in an object's header, and those that were too many to be kept in it.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.2.m
 * @internal
 */
export function readAttributes(
  file: Hdf5Bytes,
  messages: readonly Message[],
): Map<string, Attribute> {
  const cursors = messages
    .filter(({ type }) => type === MESSAGE.attribute)
    .map((message) => message.open());
  const info = messages.find(({ type }) => type === MESSAGE.attributeInfo);
  if (info) cursors.push(...denseAttributes(file, info.open()));
  const attributes = new Map<string, Attribute>();
  file.spend(ATTRIBUTE_STEPS * cursors.length);
  for (const cursor of cursors) {
    const attribute = readAttribute(cursor);
    if (attributes.has(attribute.name)) {
      throw hdf5Invalid(`the attribute ${attribute.name} is there twice`);
    }
    attributes.set(attribute.name, attribute);
  }
  return attributes;
}

function readAttribute(cursor: Hdf5Cursor): Attribute {
  const version = cursor.version(1, 2, 3);
  const flags = cursor.u8();
  const nameSize = cursor.u16();
  const datatypeSize = cursor.u16();
  const dataspaceSize = cursor.u16();
  if (version === 3) cursor.skip(1);
  const pad = (size: number): number => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const title = readName(cursor.part(pad(nameSize), 'the name of an attribute'), nameSize);
  const type = cursor.part(pad(datatypeSize), `the type of the attribute ${title}`);
  const space = cursor.part(pad(dataspaceSize), `the shape of the attribute ${title}`);
  const isShared = version > 1 && (flags & 3) !== 0;
  const { count } = isShared ? { count: 0 } : readDataspace(space);
  return {
    name: title,
    // Read when it is asked for: attributes that nobody needs may be of any type.
    datatype: () => {
      if (isShared) throw hdf5Unsupported('types that objects share', SAVE_WITH_KERAS);
      return readDatatype(new Hdf5Cursor(type.file, type.at, type.end, type.what));
    },
    count,
    data: cursor.part(cursor.left, `the attribute ${title}`),
  };
}

function readName(cursor: Hdf5Cursor, size: number): string {
  const { bytes } = cursor.file;
  let length = 0;
  while (length < size && bytes[cursor.at + length] !== 0) length++;
  return cursor.file.text(cursor.at, length, 'the name of an attribute');
}

/**
 * The texts that an attribute holds: one of a scalar. Numbers of which there are none are taken as texts of which there
 * are none, for NumPy writes an empty list so.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`, `keras-text-too-long`
 * @internal
 */
export function attributeTexts(
  attribute: Attribute,
  heap: GlobalHeap,
  checkLength: (bytes: number) => void,
): string[] {
  const { name, count } = attribute;
  const datatype = attribute.datatype();
  if (count === 0) return [];
  if (datatype.kind !== 'text' && datatype.kind !== 'textReference') {
    throw hdf5Unsupported(`numbers in the attribute ${name}, where texts belong`, SAVE_WITH_KERAS);
  }
  const { file, at, end } = attribute.data;
  if (count * datatype.size > end - at) {
    throw hdf5Invalid(`the attribute ${name} has room for less than the ${count} texts it claims`);
  }
  file.spend(TEXT_STEPS * count);
  const cursor = new Hdf5Cursor(file, at, end, `the attribute ${name}`);
  return Array.from({ length: count }, () => {
    if (datatype.kind === 'text') {
      checkLength(datatype.size);
      return fixedText(cursor.part(datatype.size));
    }
    const length = cursor.u32();
    checkLength(length);
    return heap.text(length, cursor.offset(), cursor.u32(), `the attribute ${name}`);
  });
}

/** A text padded with zeros or ended by one. */
function fixedText(cursor: Hdf5Cursor): string {
  const { bytes } = cursor.file;
  let { end } = cursor;
  const zero = bytes.subarray(cursor.at, end).indexOf(0);
  if (zero >= 0) end = cursor.at + zero;
  return cursor.file.text(cursor.at, end - cursor.at, cursor.what);
}
