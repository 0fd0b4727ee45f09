import type { GraphTensor, TensorData, TensorQuantization, TensorType } from '../graph/graph.ts';
import { sizeOf } from '../graph/operator-site.ts';
import { unpackInt4 } from '../numerics/pack-int4.ts';
import { damaged, type FlatTable } from './flat-reader.ts';
import { FIELDS, OTHER_TYPES, TENSOR_TYPES } from './schema.ts';

/** More elements in one tensor than this are not read: it would take gigabytes. */
const MOST_ELEMENTS = 2 ** 28;

const TYPES = new Map(
  Object.entries(TENSOR_TYPES).map(([type, number]) => [number, type as TensorType]),
);

const BYTES: Record<TensorType, number> = {
  float32: 4,
  float16: 2,
  int4: 0.5,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
};

const RANGES: Partial<Record<TensorType, readonly [number, number]>> = {
  int4: [-8, 7],
  int8: [-128, 127],
  int16: [-32768, 32767],
};

/** The bytes of each buffer of the file; undefined where it holds none. */
export type Buffers = readonly (Uint8Array | undefined)[];

/** Reads the list of buffers. @internal */
export function readBuffers(model: FlatTable, most: number): Buffers {
  const { buffer: fields } = FIELDS;
  return model.tables(FIELDS.model.buffers, 'buffers', most).map((table) => {
    if (table.uint64(fields.offset, 'a buffer’s offset') > 1n) {
      throw damaged('it keeps buffers outside of the flatbuffer, which the engine does not read');
    }
    const bytes = table.bytes(fields.data, 'the data of a buffer');
    return bytes && bytes.length > 0 ? bytes : undefined;
  });
}

/** Reads one tensor; with data when it is a constant. @internal */
export function readTensor(table: FlatTable, index: number, buffers: Buffers): GraphTensor {
  const { tensor: fields } = FIELDS;
  const name = table.string(fields.name, `the name of tensor ${index}`, `tensor_${index}`);
  const said = `tensor ${index} (${name.slice(0, 80)})`;
  const type = typeOf(table.uint8(fields.type, `the type of ${said}`), said);
  const shape = shapeOf(table, said);
  if (table.has(fields.sparsity))
    throw damaged(`${said} is stored sparse, which the engine does not read`);
  if (table.bool(fields.isVariable, said))
    throw damaged(`${said} is a variable, which the engine does not keep`);
  const number = table.uint32(fields.buffer, `the buffer of ${said}`);
  if (number >= Math.max(1, buffers.length)) {
    throw damaged(`${said} names buffer ${number}, and there are ${buffers.length}`);
  }
  const bytes = buffers[number];
  if (bytes) table.spend(bytes.length);
  const quantization = quantizationOf(table, type, shape, said);
  return {
    name,
    shape,
    type,
    ...(quantization && { quantization }),
    ...(bytes && { data: dataOf(bytes, type, sizeOf(shape), said) }),
  };
}

function typeOf(number: number, said: string): TensorType {
  const type = TYPES.get(number);
  if (type) return type;
  throw damaged(
    `${said} has the type ${OTHER_TYPES[number] ?? number}, which the engine does not run`,
    'tflite-type-unsupported',
  );
}

function shapeOf(table: FlatTable, said: string): number[] {
  const { tensor: fields } = FIELDS;
  const shape = [...(table.int32s(fields.shape, `the shape of ${said}`) ?? [])];
  const signature = table.int32s(fields.shapeSignature, `the shape of ${said}`);
  if (shape.length > 8 || shape.some((size) => size < 0)) {
    throw damaged(`${said} has the shape [${shape.slice(0, 8).join(', ')}]`);
  }
  // A batch that is left open stands as 1 in the shape; no other size may be open.
  if (signature?.some((size, axis) => size < 0 && axis > 0)) {
    throw damaged(`${said} has a size that is only known when it runs`, 'tflite-shape-dynamic');
  }
  if (sizeOf(shape) > MOST_ELEMENTS) {
    throw damaged(`${said} has ${sizeOf(shape)} elements`, 'tflite-too-large');
  }
  return shape;
}

function quantizationOf(
  table: FlatTable,
  type: TensorType,
  shape: readonly number[],
  said: string,
): TensorQuantization | undefined {
  const found = table.table(FIELDS.tensor.quantization, `the quantization of ${said}`);
  if (!found) return undefined;
  const { quantization: fields } = FIELDS;
  if (found.uint8(fields.detailsType, said) !== 0) {
    throw damaged(`${said} is quantized in a custom way`);
  }
  const scales = found.float32s(fields.scale, `the scales of ${said}`);
  if (!scales || scales.length === 0) return undefined;
  const given = found.int64s(fields.zeroPoint, `the zero points of ${said}`) ?? [];
  const axis = found.int32(fields.quantizedDimension, `the axis of ${said}`);
  if (scales.some((scale) => !(Number.isFinite(scale) && scale > 0))) {
    throw damaged(`${said} has a scale that is not a positive number`);
  }
  if (scales.length > 1 && (axis < 0 || axis >= shape.length || shape[axis] !== scales.length)) {
    throw damaged(
      `${said} has ${scales.length} scales along axis ${axis} of [${shape.join(', ')}]`,
    );
  }
  if (given.length !== 0 && given.length !== 1 && given.length !== scales.length) {
    throw damaged(`${said} has ${given.length} zero points and ${scales.length} scales`);
  }
  const [low, high] = RANGES[type] ?? [-(2 ** 31), 2 ** 31 - 1];
  if (given.some((zeroPoint) => zeroPoint < BigInt(low) || zeroPoint > BigInt(high))) {
    throw damaged(`${said} has a zero point outside of ${low} … ${high}`);
  }
  const zeroPoints = Int32Array.from(scales, (_, i) =>
    Number(given[given.length === 1 ? 0 : i] ?? 0n),
  );
  return { scales, zeroPoints, axis: scales.length > 1 ? axis : 0 };
}

function dataOf(bytes: Uint8Array, type: TensorType, count: number, said: string): TensorData {
  const wanted = Math.ceil(count * BYTES[type]);
  if (bytes.length !== wanted) {
    throw damaged(`${said} takes ${wanted} bytes and its buffer holds ${bytes.length}`);
  }
  // A copy: the bytes need not lie aligned, and the file stays as it is.
  const own = bytes.slice();
  switch (type) {
    case 'float32':
      return new Float32Array(own.buffer);
    case 'float16':
      return new Uint16Array(own.buffer);
    case 'int4':
      return unpackInt4(own, count);
    case 'int8':
      return new Int8Array(own.buffer);
    case 'int16':
      return new Int16Array(own.buffer);
    case 'int32':
      return new Int32Array(own.buffer);
    case 'int64':
      return new BigInt64Array(own.buffer);
  }
}
