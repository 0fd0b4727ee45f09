import { ReaderError } from '../shared/reader-error.ts';
import type { GraphTensor, TensorQuantization } from '../engine/graph/graph.ts';
import { decodeFloat16 } from '../engine/numerics/float16.ts';
import type { FlatTable } from '../engine/tflite/flat-reader.ts';
import { readTensor, type Buffers } from '../engine/tflite/read-tensor.ts';
import { FIELDS, OTHER_TYPES, TENSOR_TYPES } from '../engine/tflite/schema.ts';
import { summarizeWeights, type WeightSummary } from './weight-summary.ts';

/** A tensor of a .tflite file. */
export interface InspectedTensor {
  name: string;
  shape: number[];
  /** `float32`, `int8`, …; of types that the engine does not run too. */
  type: string;
  /** r = scale·(q − zeroPoint); one scale, or one for each index of the axis. */
  quantization: { scales: number[]; zeroPoints: number[]; axis: number } | undefined;
  /** Of weights, biases and other constants; undefined for what is computed. */
  constant: { bytes: number; values: WeightSummary | undefined } | undefined;
}

const TYPE_NAMES = new Map(Object.entries(TENSOR_TYPES).map(([name, number]) => [number, name]));
const MOST_AXES = 8;

/** Describes a tensor; of one that the engine does not read, what can be said of it. @internal */
export function inspectTensor(table: FlatTable, index: number, buffers: Buffers): InspectedTensor {
  const number = table.uint32(FIELDS.tensor.buffer, `the buffer of tensor ${index}`);
  const bytes = buffers[number]?.length;
  try {
    const tensor = readTensor(table, index, buffers);
    const { quantization } = tensor;
    return {
      name: tensor.name,
      shape: [...tensor.shape],
      type: tensor.type,
      quantization: quantization && {
        scales: [...quantization.scales],
        zeroPoints: [...quantization.zeroPoints],
        axis: quantization.axis,
      },
      constant: bytes === undefined ? undefined : { bytes, values: valuesOf(tensor) },
    };
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    return {
      ...describeOnly(table, index),
      constant: bytes === undefined ? undefined : { bytes, values: undefined },
    };
  }
}

function describeOnly(table: FlatTable, index: number): Omit<InspectedTensor, 'constant'> {
  const { tensor: fields } = FIELDS;
  const type = table.uint8(fields.type, `the type of tensor ${index}`);
  const shape = table.int32s(fields.shape, `the shape of tensor ${index}`) ?? new Int32Array(0);
  return {
    name: table.string(fields.name, `the name of tensor ${index}`, `tensor_${index}`),
    shape: [...shape.subarray(0, MOST_AXES)],
    type: TYPE_NAMES.get(type) ?? OTHER_TYPES[type]?.toLowerCase() ?? `type ${type}`,
    quantization: undefined,
  };
}

/** Of quantized constants the real values that they stand for. */
function valuesOf({ data, type, shape, quantization }: GraphTensor): WeightSummary | undefined {
  if (!data || data.length === 0) return undefined;
  if (type === 'float16') return summarizeWeights(decodeFloat16(data as Uint16Array));
  if (!quantization) return summarizeWeights(Float64Array.from(data as Int8Array, Number));
  return summarizeWeights(realValues(data, shape, quantization));
}

function realValues(
  data: NonNullable<GraphTensor['data']>,
  shape: readonly number[],
  { scales, zeroPoints, axis }: TensorQuantization,
): Float64Array {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const values = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const channel = scales.length === 1 ? 0 : Math.floor(i / inner) % scales.length;
    values[i] = scales[channel]! * (Number(data[i]) - zeroPoints[channel]!);
  }
  return values;
}
