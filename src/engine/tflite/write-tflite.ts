import { Builder } from 'flatbuffers';
import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph, GraphTensor, TensorQuantization } from '../graph/graph.ts';
import { packInt4 } from '../numerics/pack-int4.ts';
import { operatorVersion } from './operator-version.ts';
import {
  FIELDS,
  FILE_IDENTIFIER,
  OPERATOR_NUMBERS,
  OPTION_NUMBERS,
  SCHEMA_VERSION,
  TENSOR_TYPES,
} from './schema.ts';
import { int32Vector, writeOptions } from './write-options.ts';

/** Alignment of the data of a buffer, so that a runtime can use it where it lies. */
const DATA_ALIGNMENT = 16;
/** Operators whose number does not fit the old field hold this in it. */
const NUMBER_IN_NEW_FIELD = 127;

/**
 * Writes a graph as a .tflite file: one subgraph, one buffer for each constant, the empty buffer 0 for all
 * else, operator codes in both of their fields, data aligned to 16 bytes.
 *
 * @throws ReaderError `groups-not-in-tflite`: weights with a scale for each group have no place in the format
 * @internal
 */
export function writeTflite(graph: Graph, description = 'heavy-weights'): Uint8Array {
  const builder = new Builder(1024);
  const codes = operatorCodes(graph);
  const held = graph.tensors.filter(({ data }) => data);
  const bufferOf = new Map(held.map((tensor, index) => [tensor, index + 1]));

  const buffers = [emptyBuffer(builder), ...held.map((tensor) => dataBuffer(builder, tensor))];
  const tensors = graph.tensors.map((tensor) =>
    writeTensor(builder, tensor, bufferOf.get(tensor) ?? 0),
  );
  const operators = graph.operators.map((operator) => {
    const key = `${operator.code} ${operatorVersion(graph, operator)}`;
    const options = writeOptions(builder, graph, operator);
    const inputs = int32Vector(builder, operator.inputs);
    const outputs = int32Vector(builder, [operator.output]);
    const { operator: fields } = FIELDS;
    return table(builder, 5, () => {
      builder.addFieldInt32(fields.opcodeIndex, codes.indexOf(key), -1);
      builder.addFieldOffset(fields.inputs, inputs, 0);
      builder.addFieldOffset(fields.outputs, outputs, 0);
      const number = OPTION_NUMBERS[operator.code];
      if (number === 0) return;
      builder.addFieldInt8(fields.optionsType, number, 0);
      builder.addFieldOffset(fields.options, options, 0);
    });
  });
  const subgraph = writeSubgraph(builder, graph, tensors, operators);
  const operatorCodeTables = codes.map((key) => writeOperatorCode(builder, key));

  const codeVector = offsets(builder, operatorCodeTables);
  const subgraphVector = offsets(builder, [subgraph]);
  const bufferVector = offsets(builder, buffers);
  const text = builder.createString(description);
  const { model: fields } = FIELDS;
  const model = table(builder, 5, () => {
    builder.addFieldInt32(fields.version, SCHEMA_VERSION, 0);
    builder.addFieldOffset(fields.operatorCodes, codeVector, 0);
    builder.addFieldOffset(fields.subgraphs, subgraphVector, 0);
    builder.addFieldOffset(fields.description, text, 0);
    builder.addFieldOffset(fields.buffers, bufferVector, 0);
  });
  builder.finish(model, FILE_IDENTIFIER);
  return builder.asUint8Array().slice();
}

/** `CODE version` of every kind of operator there is, each once. */
function operatorCodes(graph: Graph): string[] {
  const keys = graph.operators.map(
    (operator) => `${operator.code} ${operatorVersion(graph, operator)}`,
  );
  return [...new Set(keys)];
}

function writeOperatorCode(builder: Builder, key: string): number {
  const [code, version] = key.split(' ') as [keyof typeof OPERATOR_NUMBERS, string];
  const number = OPERATOR_NUMBERS[code];
  const { operatorCode: fields } = FIELDS;
  return table(builder, 4, () => {
    builder.addFieldInt8(fields.deprecatedBuiltinCode, Math.min(number, NUMBER_IN_NEW_FIELD), -1);
    builder.addFieldInt32(fields.version, Number(version), -1);
    builder.addFieldInt32(fields.builtinCode, number, -1);
  });
}

function writeSubgraph(
  builder: Builder,
  graph: Graph,
  tensors: readonly number[],
  operators: readonly number[],
): number {
  const tensorVector = offsets(builder, tensors);
  const inputs = int32Vector(builder, graph.inputs);
  const outputs = int32Vector(builder, graph.outputs);
  const operatorVector = offsets(builder, operators);
  const name = builder.createString(graph.name);
  const { subgraph: fields } = FIELDS;
  return table(builder, 5, () => {
    builder.addFieldOffset(fields.tensors, tensorVector, 0);
    builder.addFieldOffset(fields.inputs, inputs, 0);
    builder.addFieldOffset(fields.outputs, outputs, 0);
    builder.addFieldOffset(fields.operators, operatorVector, 0);
    builder.addFieldOffset(fields.name, name, 0);
  });
}

function writeTensor(builder: Builder, tensor: GraphTensor, buffer: number): number {
  const quantization = tensor.quantization && writeQuantization(builder, tensor);
  const shape = int32Vector(builder, tensor.shape);
  const name = builder.createString(tensor.name);
  const { tensor: fields } = FIELDS;
  return table(builder, 5, () => {
    builder.addFieldOffset(fields.shape, shape, 0);
    builder.addFieldInt8(fields.type, TENSOR_TYPES[tensor.type], -1);
    builder.addFieldInt32(fields.buffer, buffer, -1);
    builder.addFieldOffset(fields.name, name, 0);
    if (quantization !== undefined) builder.addFieldOffset(fields.quantization, quantization, 0);
  });
}

function writeQuantization(builder: Builder, { name, quantization }: GraphTensor): number {
  const { scales, zeroPoints, axis, groupSize } = quantization as TensorQuantization;
  if (groupSize !== undefined) {
    throw new ReaderError({
      code: 'groups-not-in-tflite',
      explain: `The weights ${name} have a scale for each group of ${groupSize}; a .tflite file has a place for one scale a tensor or one a channel.`,
      hint: "Quantize with granularity 'per-channel'.",
    });
  }
  builder.startVector(4, scales.length, 4);
  for (const scale of scales.toReversed()) builder.addFloat32(scale);
  const scaleVector = builder.endVector();
  builder.startVector(8, zeroPoints.length, 8);
  for (const zeroPoint of zeroPoints.toReversed()) builder.addInt64(BigInt(zeroPoint));
  const zeroPointVector = builder.endVector();
  const { quantization: fields } = FIELDS;
  return table(builder, 7, () => {
    builder.addFieldOffset(fields.scale, scaleVector, 0);
    builder.addFieldOffset(fields.zeroPoint, zeroPointVector, 0);
    builder.addFieldInt32(fields.quantizedDimension, axis, 0);
  });
}

function emptyBuffer(builder: Builder): number {
  return table(builder, 1, () => undefined);
}

function dataBuffer(builder: Builder, { data, type }: GraphTensor): number {
  const held = type === 'int4' ? packInt4(data as Int8Array) : data!;
  const bytes = new Uint8Array(held.buffer, held.byteOffset, held.byteLength);
  builder.prep(DATA_ALIGNMENT, bytes.length);
  const vector = builder.createByteVector(bytes);
  return table(builder, 1, () => builder.addFieldOffset(FIELDS.buffer.data, vector, 0));
}

function offsets(builder: Builder, each: readonly number[]): number {
  builder.startVector(4, each.length, 4);
  for (const offset of [...each].reverse()) builder.addOffset(offset);
  return builder.endVector();
}

function table(builder: Builder, fields: number, write: () => void): number {
  builder.startObject(fields);
  write();
  return builder.endObject();
}
