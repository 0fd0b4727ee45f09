import { ReaderError, type ReaderErrorData } from '../shared/reader-error.ts';
import { modelCost } from '../engine/evaluation/model-cost.ts';
import { QuantizedModel } from '../engine/quantization/quantized-model.ts';
import { FlatReader, type FlatTable } from '../engine/tflite/flat-reader.ts';
import { operatorName } from '../engine/tflite/operator-names.ts';
import { readTflite } from '../engine/tflite/read-tflite.ts';
import { readBuffers } from '../engine/tflite/read-tensor.ts';
import { FIELDS } from '../engine/tflite/schema.ts';
import { inspectTensor, type InspectedTensor } from './inspect-tensor.ts';

/** One operator of a file. */
export interface InspectedOperator {
  code: string;
  version: number;
  /** Indices of tensors; −1 for one that is left out. */
  inputs: number[];
  outputs: number[];
  /** Multiplications with an addition for one example; undefined where the engine does not run the file. */
  macs: number | undefined;
}

/** A .tflite file as plain data, which can cross a message port. */
export interface TfliteInspection {
  kind: 'tflite';
  name: string;
  description: string;
  fileBytes: number;
  tensors: InspectedTensor[];
  operators: InspectedOperator[];
  /** Indices of tensors. */
  inputs: number[];
  outputs: number[];
  totals: {
    /** Of weights and biases: constants that are no shapes, axes or paddings. */
    parameters: number;
    /** Of all constants, as the file holds them. */
    constantBytes: number;
    /** Names, shapes, scales and all else. */
    otherBytes: number;
    macs: number | undefined;
    zeros: number;
  };
  /** Why the engine cannot run the file; undefined when it can. */
  problem: ReaderErrorData | undefined;
}

const MOST_TABLES = 100_000;
/** Tensors that one operator reads or writes at most. */
const MOST_ENDS = 4096;
const CUSTOM = 32;
/** Refused before anything in the file could be named. */
const HOPELESS = new Set(['tflite-not-bytes', 'tflite-not-one', 'tflite-too-large']);

/**
 * Looks into a .tflite file: operators with their versions, tensors with shapes, types and scales, constants with
 * their bytes and values. A file with operators or types that the engine does not run is described all the same, with
 * the reason in `problem`; of several subgraphs the first.
 *
 * @throws ReaderError `tflite-not-one`, `tflite-damaged`, `tflite-too-large`
 */
export function inspectTflite(bytes: Uint8Array): TfliteInspection {
  const { costs, problem } = tryToRead(bytes);
  const model = new FlatReader(bytes).root();
  const buffers = readBuffers(model, MOST_TABLES);
  const [subgraph] = model.tables(FIELDS.model.subgraphs, 'subgraphs', MOST_TABLES);
  if (!subgraph) throw new ReaderError(problem!);
  const kinds = model.tables(FIELDS.model.operatorCodes, 'operator codes', MOST_TABLES).map(kindOf);
  const { subgraph: fields } = FIELDS;
  const tensors = subgraph
    .tables(fields.tensors, 'tensors', MOST_TABLES)
    .map((table, index) => inspectTensor(table, index, buffers));
  const operators = subgraph
    .tables(fields.operators, 'operators', MOST_TABLES)
    .map((table, index): InspectedOperator => {
      const { operator } = FIELDS;
      const kind = kinds[table.uint32(operator.opcodeIndex, `operator ${index}`)];
      return {
        code: kind?.code ?? 'of no known name',
        version: kind?.version ?? 0,
        inputs: endsOf(table, operator.inputs, `the inputs of operator ${index}`),
        outputs: endsOf(table, operator.outputs, `the outputs of operator ${index}`),
        macs: costs?.operators[index]?.macs,
      };
    });
  const constantBytes = sum(tensors, ({ constant }) => constant?.bytes ?? 0);
  return {
    kind: 'tflite',
    name: subgraph.string(fields.name, 'the name of the subgraph', 'main'),
    description: model.string(FIELDS.model.description, 'the description'),
    fileBytes: bytes.length,
    tensors,
    operators,
    inputs: endsOf(subgraph, fields.inputs, 'the inputs'),
    outputs: endsOf(subgraph, fields.outputs, 'the outputs'),
    totals: {
      parameters: sum(tensors, (tensor) => (isWeight(tensor) ? sizeOf(tensor.shape) : 0)),
      constantBytes,
      otherBytes: Math.max(0, bytes.length - constantBytes),
      macs: costs?.macs,
      zeros: sum(tensors, (tensor) =>
        isWeight(tensor) ? (tensor.constant?.values?.zeros ?? 0) : 0,
      ),
    },
    problem,
  };
}

/** What the engine's own reader says: what the network costs, or what is in its way. */
function tryToRead(bytes: Uint8Array): {
  costs?: ReturnType<typeof modelCost>;
  problem?: ReaderErrorData;
} {
  try {
    return { costs: modelCost(new QuantizedModel(readTflite(bytes))) };
  } catch (error) {
    if (!(error instanceof ReaderError) || HOPELESS.has(error.code)) throw error;
    return { problem: error.toData() };
  }
}

function kindOf(table: FlatTable): { code: string; version: number } {
  const { operatorCode: fields } = FIELDS;
  const old = (table.uint8(fields.deprecatedBuiltinCode, 'an operator code') << 24) >> 24;
  const number = Math.max(old, table.int32(fields.builtinCode, 'an operator code'));
  const version = table.int32(fields.version, 'an operator’s version', 1);
  if (number !== CUSTOM) return { code: operatorName(number), version };
  const name = table.string(fields.customCode, 'a custom operator’s name').slice(0, 80);
  return { code: `custom ${name}`, version };
}

function endsOf(table: FlatTable, field: number, what: string): number[] {
  const ends = table.int32s(field, what) ?? new Int32Array(0);
  if (ends.length <= MOST_ENDS) return [...ends];
  throw new ReaderError({
    code: 'tflite-damaged',
    explain: `The .tflite file cannot be read: ${what} are ${ends.length} tensors.`,
  });
}

/** Weights and biases; integers without a scale are shapes, axes and the like. */
function isWeight({ constant, type, quantization }: InspectedTensor): boolean {
  return constant !== undefined && (type.startsWith('float') || quantization !== undefined);
}

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
