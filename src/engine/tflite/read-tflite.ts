import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph, GraphOperator, GraphTensor } from '../graph/graph.ts';
import { damaged, FlatReader, type FlatTable } from './flat-reader.ts';
import { readOperatorKind, readOptions, type OperatorKind } from './read-operator.ts';
import { readBuffers, readTensor } from './read-tensor.ts';
import { FIELDS, FILE_IDENTIFIER, SCHEMA_VERSION } from './schema.ts';

/** More tables of a kind than this are in no real model. */
const MOST_TABLES = 100_000;
const MOST_BYTES = 2 ** 30;

/**
 * Reads a .tflite file into a graph. Nothing in the file is believed: offsets, shapes, types, indices and the order of
 * operators are all checked, and a file that fails gives an error that says where, never half a graph.
 *
 * @throws ReaderError `tflite-not-one` (another kind of file), `tflite-too-large`, `tflite-damaged`,
 *   `tflite-operator-unsupported`, `tflite-type-unsupported`, `tflite-shape-dynamic`
 * @internal
 */
export function readTflite(bytes: Uint8Array): Graph {
  requireTflite(bytes);
  const model = new FlatReader(bytes).root();
  const { model: fields } = FIELDS;
  const version = model.uint32(fields.version, 'the version');
  if (version !== SCHEMA_VERSION) throw damaged(`its schema has version ${version}, not 3`);
  const kinds = model
    .tables(fields.operatorCodes, 'operator codes', MOST_TABLES)
    .map(readOperatorKind);
  const buffers = readBuffers(model, MOST_TABLES);
  const subgraphs = model.tables(fields.subgraphs, 'subgraphs', MOST_TABLES);
  if (subgraphs.length !== 1) {
    throw damaged(`it has ${subgraphs.length} subgraphs; the engine runs files with one`);
  }
  const subgraph = subgraphs[0]!;
  const { subgraph: parts } = FIELDS;
  const tensors = subgraph
    .tables(parts.tensors, 'tensors', MOST_TABLES)
    .map((table, index) => readTensor(table, index, buffers));
  const graph: Graph = {
    name: subgraph.string(parts.name, 'the name of the subgraph', 'main') || 'main',
    tensors,
    operators: subgraph
      .tables(parts.operators, 'operators', MOST_TABLES)
      .map((table, index) => readOperator(table, index, kinds)),
    inputs: [...(subgraph.int32s(parts.inputs, 'the inputs') ?? [])],
    outputs: [...(subgraph.int32s(parts.outputs, 'the outputs') ?? [])],
  };
  requireOrder(graph);
  graph.operators.forEach((operator, index) => requireBroadcast(graph.tensors, operator, index));
  return graph;
}

function requireTflite(bytes: Uint8Array): void {
  if (!(bytes instanceof Uint8Array)) {
    throw new ReaderError({
      code: 'tflite-not-bytes',
      explain: 'A .tflite file is given as a Uint8Array of its bytes.',
      hint: 'Of a File or Blob: new Uint8Array(await file.arrayBuffer()).',
    });
  }
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  if (text.slice(4, 8) !== FILE_IDENTIFIER) {
    const kind = /^\s*<(!doctype|html)/i.test(text)
      ? 'a web page'
      : text.startsWith('version https://git-lfs')
        ? 'a git-lfs pointer, which stands for the file without holding it'
        : bytes.length === 0
          ? 'empty'
          : text.startsWith('PK')
            ? 'a zip archive'
            : text.startsWith('\u0089HDF')
              ? 'an HDF5 file'
              : 'some other kind of file';
    throw new ReaderError({
      code: 'tflite-not-one',
      explain: `This is no .tflite file: bytes 4 to 7 are not ${FILE_IDENTIFIER}; it is ${kind}.`,
      hint: 'Download the file itself, or convert the model again.',
    });
  }
  if (bytes.length > MOST_BYTES) {
    throw damaged('it is larger than 1 GB', 'tflite-too-large');
  }
}

function readOperator(
  table: FlatTable,
  index: number,
  kinds: readonly (OperatorKind | ReaderError)[],
): GraphOperator {
  const { operator: fields } = FIELDS;
  const number = table.uint32(fields.opcodeIndex, `operator ${index}`);
  const kind = kinds[number];
  if (!kind) throw damaged(`operator ${index} names operator code ${number} of ${kinds.length}`);
  if (kind instanceof ReaderError) throw kind;
  const outputs = table.int32s(fields.outputs, `the outputs of operator ${index}`) ?? [];
  if (outputs.length !== 1) {
    throw damaged(`operator ${index} (${kind.code}) has ${outputs.length} outputs`);
  }
  return {
    code: kind.code,
    options: readOptions(kind.code, table),
    inputs: [...(table.int32s(fields.inputs, `the inputs of operator ${index}`) ?? [])],
    output: outputs[0]!,
  } as GraphOperator;
}

/** Every tensor that is read is a constant, an input, or written before; none is written twice. */
function requireOrder({ tensors, operators, inputs, outputs }: Graph): void {
  const ready = new Set<number>();
  tensors.forEach(({ data }: GraphTensor, index) => data && ready.add(index));
  const require = (index: number, what: string): void => {
    if (index < 0 || index >= tensors.length) {
      throw damaged(`${what} is tensor ${index}, and there are ${tensors.length}`);
    }
  };
  const write = (index: number, what: string): void => {
    require(index, what);
    if (ready.has(index)) throw damaged(`${what} is written twice, or is a constant`);
    ready.add(index);
  };
  if (inputs.length === 0 || outputs.length === 0) throw damaged('it has no inputs or no outputs');
  for (const index of inputs) write(index, 'an input of the model');
  operators.forEach((operator, number) => {
    const said = `operator ${number} (${operator.code})`;
    for (const index of operator.inputs) {
      if (index === -1) continue;
      require(index, `an input of ${said}`);
      if (!ready.has(index)) throw damaged(`${said} reads tensor ${index} before it is written`);
    }
    write(operator.output, `the output of ${said}`);
  });
  for (const index of outputs) {
    require(index, 'an output of the model');
    if (!ready.has(index)) throw damaged(`the output, tensor ${index}, is never written`);
  }
}

/**
 * What comes of two tensors is as long along each axis as the longer of them. A kernel repeats them as far as the output
 * goes, and in a damaged file that may be very far.
 */
function requireBroadcast(
  tensors: readonly GraphTensor[],
  { code, inputs, output }: GraphOperator,
  number: number,
): void {
  if (code !== 'ADD' && code !== 'SUB' && code !== 'MUL') return;
  const shapes = inputs.map((index) => tensors[index]?.shape ?? []);
  const whole = tensors[output]!.shape;
  const fits = whole.every((size, axis) => {
    const sizes = shapes.map((shape) => shape[axis - whole.length + shape.length] ?? 1);
    return sizes.includes(size);
  });
  if (fits) return;
  const said = shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ');
  throw damaged(`operator ${number} (${code}) makes [${whole.join(', ')}] of ${said}`);
}
