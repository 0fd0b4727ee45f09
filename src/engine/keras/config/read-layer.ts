import { ReaderError } from '../../../shared/reader-error.ts';
import { describe } from '../../numerics/arguments.ts';
import { camelCase } from './case.ts';
import { COMMON_KEYS, LAYERS, type FieldKind, type LayerFields } from './layer-fields.ts';
import { readActivation, readPart, type KerasFormat, type PartConfig } from './layer-parts.ts';
import { asObject, asText, configInvalid, isObject, own, type JsonObject } from './parse-json.ts';
import { readWrapper, WRAPPERS } from './wrapper-layers.ts';

/** A layer as Keras writes it. */
export interface KerasLayer {
  className: string;
  name: string;
  config: JsonObject;
}

const MOST_NAME = 1024;
/** Modules of Keras under its several names. Its operations have classes named like layers. */
const KERAS_MODULE =
  /^(?:tf_keras|keras|tensorflow\.(?:python\.)?keras)(?:\.(?!.*\bops\b)[\w.]*)?$/;
/** What registers the wrappers of this engine. @internal */
export const OWN_PACKAGE = 'heavy_weights';
const WITH_CODE = new Set(['Lambda', 'TFSMLayer', 'TorchModuleWrapper', 'FlaxLayer', 'JaxLayer']);
const MIXED = new Set([
  'float16',
  'float32',
  'float64',
  'bfloat16',
  'mixed_float16',
  'mixed_bfloat16',
]);

/**
 * Class, name and configuration of a layer, of whatever class.
 *
 * @throws ReaderError `keras-config-invalid`, `keras-layer-unsupported` for a class that somebody registered
 * @internal
 */
export function openLayer(entry: unknown): KerasLayer {
  const object = asObject(entry, 'a layer');
  const className = asText(own(object, 'class_name'), 'the class of a layer');
  const config = asObject(
    own(object, 'config'),
    `the configuration of a ${className.slice(0, 60)}`,
  );
  const name = own(object, 'name') ?? own(config, 'name');
  if (typeof name !== 'string' || name === '' || name.length > MOST_NAME || name.includes('\0')) {
    throw configInvalid(`a layer of class ${className.slice(0, 60)} has no name`);
  }
  const module = own(object, 'module');
  const registered = own(object, 'registered_name');
  const isOwn = WRAPPERS.has(className) || className === 'Subtract';
  const packageName = isOwn ? OWN_PACKAGE : undefined;
  const isForeign =
    (typeof module === 'string' && !KERAS_MODULE.test(module) && module !== packageName) ||
    (typeof registered === 'string' &&
      registered.includes('>') &&
      registered !== `${packageName}>${className}`);
  if (isForeign) throw layerUnsupported(name, `${String(module)}.${className}`, className);
  return { className, name, config };
}

/**
 * The configuration from which TensorFlow.js makes a layer. Only layers, keys and values that are known get through.
 *
 * @throws ReaderError `keras-layer-unsupported`, `keras-option-unsupported`, `keras-part-unsupported`,
 *   `keras-config-invalid`
 * @internal
 */
export function readLayer(layer: KerasLayer, format: KerasFormat): PartConfig {
  const { className, name, config } = layer;
  requireDtype(layer);
  const trainable = own(config, 'trainable') !== false;
  const common = { ...readInputShape(config), name, trainable };
  if (WRAPPERS.has(className)) {
    const inner = (entry: unknown): PartConfig => readInner(entry, format, name);
    return { className, config: { ...readWrapper(layer, inner), ...common } };
  }
  const known = LAYERS.get(className);
  if (!known) throw layerUnsupported(name, className, className);
  return { className, config: { ...readFields(layer, known, format), ...common } };
}

/** Keras 2 writes into a first layer what comes in. */
function readInputShape(config: JsonObject): JsonObject {
  const shape = own(config, 'batch_input_shape');
  const isShape = Array.isArray(shape) && shape.length > 0 && isSizes(shape, 1);
  return isShape ? { batchInputShape: shape } : {};
}

/** A layer in another: not one that holds another itself, and no model. */
function readInner(entry: unknown, format: KerasFormat, outer: string): PartConfig {
  const inner = openLayer(entry);
  if (WRAPPERS.has(inner.className) || 'layer' in (LAYERS.get(inner.className)?.fields ?? {})) {
    throw configInvalid(`the layer ${outer} wraps a layer that wraps another`);
  }
  return readLayer(inner, format);
}

function readFields(layer: KerasLayer, known: LayerFields, format: KerasFormat): JsonObject {
  const { name, config } = layer;
  const names = new Map<string, string>();
  for (const key of Object.keys(known.fields)) names.set(key, key);
  for (const [key, later] of Object.entries(known.renamedInKeras3 ?? {})) names.set(later, key);
  const read: JsonObject = {};
  for (const [key, value] of Object.entries(known.defaults ?? {})) read[camelCase(key)] = value;
  for (const [given, value] of Object.entries(config)) {
    if (COMMON_KEYS.has(given)) continue;
    const key = names.get(given);
    const kind = key === undefined ? 'unset' : known.fields[key]!;
    const found = readField(kind, value, layer, given, format);
    if (found !== undefined && key !== undefined) read[camelCase(key)] = found;
  }
  if (layer.className === 'Bidirectional') requireMirrored(config, format, name);
  return read;
}

function readField(
  kind: FieldKind,
  value: unknown,
  layer: KerasLayer,
  key: string,
  format: KerasFormat,
): unknown {
  const refuse = (): ReaderError => optionUnsupported(layer, key, value);
  switch (kind) {
    case 'ignored':
      return undefined;
    case 'seed':
      return isSize(value) ? value : undefined;
    case 'unset':
      if (value === null || value === false || value === 0) return undefined;
      throw refuse();
    case 'one':
      if (value === null || [value].flat().every((each) => each === 1)) return undefined;
      throw refuse();
    case 'activation':
      return readActivation(value, { layer: layer.name, key, format });
    case 'initializer':
      return readPart('initializers', value);
    case 'regularizer':
      return readPart('regularizers', value);
    case 'constraint':
      return readPart('constraints', value);
    case 'layer':
      return readInner(value, format, layer.name);
  }
  // Bidirectional knows null as a manner to merge: not at all.
  if (value === null) return kind === 'word' ? null : undefined;
  switch (kind) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'integer':
      if (isSize(value)) return value;
      break;
    case 'number': {
      const number = plainNumber(value);
      if (number !== undefined) return number;
      break;
    }
    case 'axis': {
      const axis = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
      if (isSize(axis)) return axis;
      break;
    }
    case 'integers':
      if (isSizes(value, 3)) return value;
      break;
    case 'padding':
      if (value === 'valid' || value === 'same' || value === 'causal') return value;
      break;
    case 'word':
      if (typeof value === 'string' && /^[a-z]{1,20}$/.test(value)) return value;
      break;
    case 'dataFormat':
      if (value === 'channels_last') return 'channelsLast';
      if (value === 'channels_first') throw channelsFirst(layer);
      break;
  }
  throw refuse();
}

const isSize = (value: unknown): boolean =>
  Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

/** Integers or null, and lists of them so many deep. */
function isSizes(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return value === null || isSize(value);
  return depth > 0 && value.length <= 64 && value.every((each) => isSizes(each, depth - 1));
}

/** Older versions of Keras write a number of NumPy as an object. */
function plainNumber(value: unknown): number | undefined {
  const plain = isObject(value) && own(value, 'type') === 'ndarray' ? own(value, 'value') : value;
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : undefined;
}

/** Keras 3 tells of both directions; TensorFlow.js makes the one out of the other. */
function requireMirrored(config: JsonObject, format: KerasFormat, name: string): void {
  const backward = own(config, 'backward_layer');
  if (backward === undefined || backward === null) return;
  const [a, b] = [own(config, 'layer'), backward].map((entry) => readInner(entry, format, name));
  const plain = ({ className, config: inner }: PartConfig): string =>
    JSON.stringify([className, { ...inner, name: '', goBackwards: '' }]);
  const isMirrored = Boolean(a!.config['goBackwards']) !== Boolean(b!.config['goBackwards']);
  if (isMirrored && plain(a!) === plain(b!)) return;
  throw optionUnsupported({ className: 'Bidirectional', name, config }, 'backward_layer', backward);
}

/** Weights and arithmetic are float32 here, whatever they were. */
function requireDtype(layer: KerasLayer): void {
  const dtype = dtypeName(own(layer.config, 'dtype'));
  if (dtype === undefined || MIXED.has(dtype) || /^(?:u?int\d+|bool)$/.test(dtype)) return;
  throw optionUnsupported(layer, 'dtype', dtype);
}

/** The name of a dtype, or of the policy that stands for one. @internal */
export function dtypeName(dtype: unknown): string | undefined {
  if (dtype === undefined || dtype === null) return undefined;
  if (typeof dtype === 'string') return dtype.slice(0, 60);
  const className = isObject(dtype) ? own(dtype, 'class_name') : undefined;
  const config = isObject(dtype) ? own(dtype, 'config') : undefined;
  const name = isObject(config) ? own(config, 'name') : undefined;
  const isPolicy = className === 'DTypePolicy' || className === 'Policy';
  return isPolicy && typeof name === 'string' ? name : String(className);
}

/** @internal */
export function layerUnsupported(name: string, title: string, className: string): ReaderError {
  const withCode = WITH_CODE.has(className);
  return new ReaderError({
    code: 'keras-layer-unsupported',
    explain: `The layer ${name} is of the class ${title.slice(0, 80)}, which is not read here.`,
    elaborate: withCode
      ? 'It would run code from the file, and nothing in a file is ever run.'
      : `Those that are: ${[...LAYERS.keys(), ...WRAPPERS.keys()].join(', ')}.`,
    hint: 'Build the model out of layers that are known, give it the weights, and save it again.',
  });
}

function optionUnsupported(layer: KerasLayer, key: string, value: unknown): ReaderError {
  return new ReaderError({
    code: 'keras-option-unsupported',
    explain: `The layer ${layer.name} (${layer.className}) has the option ${key.slice(0, 60)} set to ${describeValue(value)}; TensorFlow.js cannot do that.`,
    hint:
      key === 'reset_after'
        ? 'Make the layer with reset_after=False, and train it anew: its weights have another shape.'
        : 'Change the option in Keras, and save the model again.',
  });
}

function describeValue(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value).slice(0, 60) : describe(value);
}

function channelsFirst({ name }: KerasLayer): ReaderError {
  return new ReaderError({
    code: 'keras-channels-first',
    explain: `The layer ${name} takes its channels before height and width (channels_first); here they come last.`,
    hint: "Build the model with data_format='channels_last', give it the same weights, and save it again.",
  });
}
