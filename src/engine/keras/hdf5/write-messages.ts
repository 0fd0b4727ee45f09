import { ReaderError } from '../../../shared/reader-error.ts';
import { ByteSink } from './byte-sink.ts';
import type { ArrayNode } from './write-hdf5.ts';
import type { PlacedTexts } from './write-texts.ts';

/** A message of an object header. */
export interface WrittenMessage {
  type: number;
  body: Uint8Array<ArrayBuffer>;
}

/** What Keras takes as the most that fits an object header; longer lists are cut into several attributes. */
const MOST_LIST_BYTES = 64_512;

/** Shape, type, fill value and place of an array. @internal */
export function datasetMessages({ shape, values }: ArrayNode, address: number): WrittenMessage[] {
  const layout = new ByteSink();
  layout.u8(3).u8(1);
  // An array without elements takes no room.
  if (values.length === 0) layout.undefinedAddress();
  else layout.u64(address);
  layout.u64(values.byteLength).align();
  // Version 2: memory is taken late, a value is written if there is one, and it is the default.
  const fill = Uint8Array.of(2, 2, 2, 1, 0, 0, 0, 0);
  return [
    { type: 0x01, body: dataspace(shape) },
    { type: 0x03, body: numberType(values) },
    { type: 0x05, body: fill },
    { type: 0x08, body: layout.toBytes() },
  ];
}

/** Attributes of a group, in the order given. @internal */
export function textMessages(
  attributes: ReadonlyMap<string, string | string[]>,
  texts: ReadonlyMap<string, PlacedTexts>,
): WrittenMessage[] {
  return [...attributes].flatMap(([name, value]) => {
    if (typeof value === 'string') return [scalarText(name, texts.get(value))];
    return listAttributes(name, value);
  });
}

function scalarText(name: string, placed: PlacedTexts | undefined): WrittenMessage {
  const type = new ByteSink();
  // A list of varying length that is a text in UTF-8, made of bytes: unsigned integers of 8 bits.
  type.u8(0x19).u8(1).u8(1).u8(0).u32(16).u8(0x10).zeros(3).u32(1).u16(0).u16(8);
  const data = new ByteSink();
  data
    .u32(placed?.length ?? 0)
    .u64(placed?.collection ?? 0)
    .u32(placed?.index ?? 0);
  return attribute(name, type.toBytes(), dataspace([]), data.toBytes());
}

/** Texts of one width, padded with zeros; in several attributes, name0, name1, …, where one cannot hold them. */
function listAttributes(name: string, list: readonly string[]): WrittenMessage[] {
  const encoded = list.map((text) => new TextEncoder().encode(text));
  const width = encoded.reduce((most, { length }) => Math.max(most, length), 1);
  if (width > MOST_LIST_BYTES) throw nameTooLong(list, width);
  const perPiece = Math.floor(MOST_LIST_BYTES / width);
  if (encoded.length <= perPiece) return [listAttribute(name, encoded, width)];
  return Array.from({ length: Math.ceil(encoded.length / perPiece) }, (_, i) =>
    listAttribute(`${name}${i}`, encoded.slice(i * perPiece, (i + 1) * perPiece), width),
  );
}

function nameTooLong(list: readonly string[], width: number): ReaderError {
  const longest = list.reduce((a, b) => (b.length > a.length ? b : a));
  return new ReaderError({
    code: 'keras-name-too-long',
    explain: `The name ${longest.slice(0, 40)}… takes ${width} bytes; HDF5 has room for ${MOST_LIST_BYTES}.`,
    hint: 'Give the layer a shorter name.',
  });
}

function listAttribute(name: string, list: readonly Uint8Array[], width: number): WrittenMessage {
  // NumPy takes an empty list as one of float64, and so do files of Keras.
  if (list.length === 0) return attribute(name, float64(), dataspace([0]), new Uint8Array(0));
  const type = new ByteSink();
  type.u8(0x13).u8(1).u16(0).u32(width);
  const data = new Uint8Array(list.length * width);
  list.forEach((text, i) => data.set(text, i * width));
  return attribute(name, type.toBytes(), dataspace([list.length]), data);
}

/** Version 1: each part is padded to a multiple of 8. */
function attribute(
  name: string,
  type: Uint8Array,
  space: Uint8Array,
  data: Uint8Array,
): WrittenMessage {
  const title = new TextEncoder().encode(`${name}\0`);
  const body = new ByteSink();
  body.u8(1).u8(0).u16(title.length).u16(type.length).u16(space.length);
  for (const part of [title, type, space, data]) body.raw(part).align();
  return { type: 0x0c, body: body.toBytes() };
}

/** Version 1, with the sizes as the largest sizes too, as HDF5 writes it. */
function dataspace(shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  sink
    .u8(1)
    .u8(shape.length)
    .u8(shape.length > 0 ? 1 : 0)
    .zeros(5);
  for (const size of [...shape, ...shape]) sink.u64(size);
  return sink.toBytes();
}

function numberType(values: ArrayNode['values']): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  if (values instanceof Float32Array) return float(sink, 4, 23, 8, 127);
  const signed = values instanceof Int32Array;
  sink
    .u8(0x10)
    .u8(signed ? 8 : 0)
    .u16(0)
    .u32(4)
    .u16(0)
    .u16(32)
    .align();
  return sink.toBytes();
}

function float64(): Uint8Array<ArrayBuffer> {
  return float(new ByteSink(), 8, 52, 11, 1023);
}

/** IEEE 754, lowest byte first: place of the sign, sizes and places of exponent and mantissa, bias. */
function float(
  sink: ByteSink,
  size: number,
  mantissa: number,
  exponent: number,
  bias: number,
): Uint8Array<ArrayBuffer> {
  sink
    .u8(0x11)
    .u8(0x20)
    .u8(8 * size - 1)
    .u8(0)
    .u32(size);
  sink
    .u16(0)
    .u16(8 * size)
    .u8(mantissa)
    .u8(exponent)
    .u8(0)
    .u8(mantissa)
    .u32(bias);
  return sink.align().toBytes();
}
