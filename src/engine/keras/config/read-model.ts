import { ReaderError } from '../../../shared/reader-error.ts';
import { readCalls, readTensorList, type TensorRef } from './inbound-nodes.ts';
import type { KerasFormat, PartConfig } from './layer-parts.ts';
import {
  asList,
  asObject,
  asText,
  configInvalid,
  isObject,
  own,
  type JsonObject,
} from './parse-json.ts';
import { dtypeName, openLayer, readLayer, type KerasLayer } from './read-layer.ts';

export type Shape = (number | null)[];

/** What comes in. */
export interface InputSpec {
  kind: 'input';
  shape: Shape;
  dtype: 'float32' | 'int32' | 'bool';
}

/** A layer of a model: an input, a layer that TensorFlow.js makes, or a model. */
export interface LayerSpec {
  name: string;
  className: string;
  /** Where the first layer of a Sequential model says what comes in. */
  input: InputSpec | undefined;
  made: InputSpec | { kind: 'layer'; part: PartConfig } | { kind: 'model'; model: ModelSpec };
}

/** A layer of a functional model, and what it is called on: once, or each time anew. */
export interface NodeSpec extends LayerSpec {
  calls: TensorRef[][];
}

interface ModelBase {
  name: string;
  trainable: boolean;
  format: KerasFormat;
}

/** A model as its configuration tells of it: checked, but not yet made. */
export type ModelSpec = ModelBase &
  (
    | { kind: 'sequential'; layers: LayerSpec[]; input: InputSpec | undefined }
    | { kind: 'functional'; layers: NodeSpec[]; inputs: TensorRef[]; outputs: TensorRef[] }
  );

const MOST_LAYERS = 2048;
const MOST_CALLS = 4096;
const MOST_READS = 16_384;
const MOST_NESTED = 12;
const MOST_RANK = 8;
const SEQUENTIAL = 'Sequential';
const FUNCTIONAL = new Set(['Functional', 'Model']);

/** What has been read so far: models in models count together. */
interface Counts {
  layers: number;
  calls: number;
  reads: number;
}

/**
 * Reads the configuration of a Sequential or functional model, as any version of Keras writes it.
 *
 * @throws ReaderError `keras-config-invalid`, `keras-config-too-large`, `keras-config-too-deep`, and those of layers
 * @internal
 */
export function readModelConfig(config: JsonObject): ModelSpec {
  const layer = openLayer({ name: 'model', ...config, config: namedConfig(config) });
  return readModel(layer, 0, { layers: 0, calls: 0, reads: 0 });
}

/** The first versions of Keras 2 write a Sequential model as a list of its layers. */
function namedConfig(config: JsonObject): unknown {
  const inner = own(config, 'config');
  return Array.isArray(inner) ? { name: 'sequential', layers: inner } : inner;
}

function isModelClass(className: string): boolean {
  return className === SEQUENTIAL || FUNCTIONAL.has(className);
}

function readModel(
  { className, name, config }: KerasLayer,
  depth: number,
  counts: Counts,
): ModelSpec {
  if (!isModelClass(className)) {
    throw new ReaderError({
      code: 'keras-model-unsupported',
      explain: `The model is of the class ${className.slice(0, 60)}; only Sequential and functional models are read.`,
      hint: 'A model whose class somebody wrote keeps no list of its layers: build it with keras.Model(inputs, outputs).',
    });
  }
  if (depth > MOST_NESTED) {
    throw new ReaderError({
      code: 'keras-config-too-deep',
      explain: `Models are nested in each other more than ${MOST_NESTED} deep.`,
      hint: 'Build one model out of their layers.',
    });
  }
  const entries = asList(own(config, 'layers'), `the list of layers of ${name}`);
  counts.layers += entries.length;
  if (counts.layers > MOST_LAYERS) throw tooMany(`${counts.layers} layers`, MOST_LAYERS);
  const format = formatOf(entries);
  const base = {
    name: ownName(config) ?? name,
    trainable: own(config, 'trainable') !== false,
    format,
  };
  const read = (entry: unknown): LayerSpec => readEntry(entry, format, depth, counts);
  if (className === SEQUENTIAL) {
    const layers = entries.map(read);
    const shape = own(config, 'build_input_shape');
    return {
      ...base,
      kind: 'sequential',
      layers,
      input: Array.isArray(shape) ? readInput({ batch_shape: shape }, name) : undefined,
    };
  }
  const layers = entries.map((entry): NodeSpec => {
    const spec = read(entry);
    const calls = readCalls(own(asObject(entry, 'a layer'), 'inbound_nodes'), spec.name);
    counts.calls += calls.length;
    counts.reads += calls.reduce((sum, { length }) => sum + length, 0);
    if (counts.calls > MOST_CALLS) throw tooMany('calls of layers', MOST_CALLS);
    if (counts.reads > MOST_READS) throw tooMany('connections of layers', MOST_READS);
    return { ...spec, calls };
  });
  const inputs = readTensorList(own(config, 'input_layers'), 'inputs');
  const outputs = readTensorList(own(config, 'output_layers'), 'outputs');
  counts.reads += inputs.length + outputs.length;
  if (counts.reads > MOST_READS) throw tooMany('inputs and outputs', MOST_READS);
  return { ...base, kind: 'functional', layers, inputs, outputs };
}

function ownName(config: JsonObject): string | undefined {
  const name = own(config, 'name');
  return typeof name === 'string' && name !== '' && name.length < 1024 ? name : undefined;
}

function tooMany(what: string, most: number): ReaderError {
  return new ReaderError({
    code: 'keras-config-too-large',
    explain: `The model has ${what}; at most ${most} are read.`,
    hint: 'A smaller model fits; the largest of image models have some hundred layers.',
  });
}

/** Keras 3 writes policies as objects, the module of each class, and shapes of inputs as batch_shape. */
function formatOf(entries: readonly unknown[]): KerasFormat {
  const isLater = (entry: unknown): boolean => {
    const config = isObject(entry) ? own(entry, 'config') : undefined;
    if (!isObject(config)) return false;
    const nodes = isObject(entry) ? own(entry, 'inbound_nodes') : undefined;
    const dtype = own(config, 'dtype');
    return (
      own(config, 'batch_shape') !== undefined ||
      (isObject(dtype) && own(dtype, 'class_name') === 'DTypePolicy') ||
      (Array.isArray(nodes) && isObject(nodes[0]))
    );
  };
  return entries.some(isLater) ? 'keras3' : 'keras2';
}

function readEntry(entry: unknown, format: KerasFormat, depth: number, counts: Counts): LayerSpec {
  const layer = openLayer(entry);
  const { className, name, config } = layer;
  if (className === 'InputLayer') {
    return { name, className, input: undefined, made: readInput(config, name) };
  }
  if (isModelClass(className)) {
    const model = readModel(layer, depth + 1, counts);
    return { name, className, input: undefined, made: { kind: 'model', model } };
  }
  const hasInput = Array.isArray(own(config, 'batch_input_shape'));
  return {
    name,
    className,
    input: hasInput ? readInput(config, name) : undefined,
    made: { kind: 'layer', part: readLayer(layer, format) },
  };
}

function readInput(config: JsonObject, name: string): InputSpec {
  if (own(config, 'sparse') === true || own(config, 'ragged') === true) {
    throw configInvalid(`the input ${name} is sparse or ragged, which TensorFlow.js is not`);
  }
  const given = own(config, 'batch_shape') ?? own(config, 'batch_input_shape');
  const shape = asList(given, `the shape of the input ${name}`);
  const isShape = shape.every(
    (size) =>
      size === null ||
      (Number.isInteger(size) && (size as number) > 0 && (size as number) < 2 ** 31),
  );
  if (!isShape || shape.length === 0 || shape.length > MOST_RANK) {
    throw configInvalid(`the shape of the input ${name} is ${JSON.stringify(shape).slice(0, 80)}`);
  }
  return { kind: 'input', shape: shape as Shape, dtype: inputDtype(config, name) };
}

function inputDtype(config: JsonObject, name: string): InputSpec['dtype'] {
  const dtype = dtypeName(own(config, 'dtype')) ?? 'float32';
  if (dtype === 'bool') return 'bool';
  if (/^u?int\d+$/.test(dtype)) return 'int32';
  if (/float/.test(dtype)) return 'float32';
  throw configInvalid(`the input ${name} takes ${asText(dtype, 'a dtype')}`);
}
