import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { camelCase } from './case.ts';
import { LAYERS, type FieldKind, type LayerFields } from './layer-fields.ts';
import { writeActivation, writePart, type KerasFormat } from './layer-parts.ts';
import type { JsonObject } from './parse-json.ts';
import { OWN_PACKAGE } from './read-layer.ts';
import { isWrapper, writeWrapper } from './wrapper-layers.ts';

type Layer = tf.layers.Layer;

/** A layer as Keras writes it. */
export interface WrittenLayer extends JsonObject {
  class_name: string;
  config: JsonObject;
}

/** What Keras 3 no longer takes. */
const GONE_IN_KERAS3: ReadonlySet<string> = new Set(['input_length', 'implementation']);

/**
 * A layer for Keras, in the manner of either version.
 *
 * @throws ReaderError `keras-layer-unsupported`, `keras-part-unsupported`
 * @internal
 */
export function writeLayer(layer: Layer, format: KerasFormat): WrittenLayer {
  const className = layer.getClassName();
  const { name } = layer;
  const head = { name, trainable: layer.trainable, dtype: writeDtype('float32', format) };
  const told = layer.getConfig();
  const inner = (each: Layer): WrittenLayer => writeLayer(each, format);
  if (isWrapper(layer)) {
    const config = { ...head, ...writeWrapper(told as JsonObject), layer: inner(layer.inner) };
    return dress(className, config, format, OWN_PACKAGE);
  }
  const known = LAYERS.get(className);
  if (!known || !isRegistered(layer)) throw notWritable(layer);
  const config: JsonObject = { ...head };
  const shape = told['batchInputShape'];
  if (format === 'keras2' && Array.isArray(shape)) config['batch_input_shape'] = shape;
  for (const [key, kind] of Object.entries(known.fields)) {
    const given = valueOf(layer, told, known, key);
    const value = writeField(kind, given, { layer: name, key, format }, inner);
    const isGone = format === 'keras3' && GONE_IN_KERAS3.has(key);
    if (value !== undefined && !isGone) config[nameIn(format, known, key)] = value;
  }
  Object.assign(config, known.written);
  return dress(className, config, format, className === 'Subtract' ? OWN_PACKAGE : undefined);
}

/** The name of a dtype, or in Keras 3 the policy that stands for it. @internal */
export function writeDtype(name: string, format: KerasFormat): unknown {
  if (format === 'keras2') return name;
  return { module: 'keras', class_name: 'DTypePolicy', config: { name }, registered_name: null };
}

/** Class and configuration; in Keras 3 with the module the class is in. @internal */
export function dress(
  className: string,
  config: JsonObject,
  format: KerasFormat,
  ownPackage?: string,
): WrittenLayer {
  if (format === 'keras2') return { class_name: className, config };
  // Subtract is a class of Keras too.
  const isOwn = ownPackage !== undefined && className !== 'Subtract';
  return {
    module: isOwn ? ownPackage : className === 'Sequential' ? 'keras' : moduleOf(className),
    class_name: className,
    config,
    registered_name: isOwn
      ? `${ownPackage}>${className}`
      : className === 'Functional'
        ? className
        : null,
  };
}

function moduleOf(className: string): string {
  return className === 'Functional' ? 'keras.src.models.functional' : 'keras.layers';
}

/** Not of a class that somebody made of one that is known. */
function isRegistered(layer: Layer): boolean {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return (classNameMap[layer.getClassName()]?.[0] as unknown) === layer.constructor;
}

/** What the layer tells, or keeps to itself. */
function valueOf(layer: Layer, told: JsonObject, known: LayerFields, key: string): unknown {
  if (known.fields[key] === 'layer') return (layer as unknown as { layer: Layer }).layer;
  const name = camelCase(key);
  if (!known.untold?.includes(key)) return told[name];
  const kept = (layer as unknown as JsonObject)[name] as
    { getClassName?: () => string; getConfig: () => JsonObject } | undefined;
  if (typeof kept?.getClassName !== 'function') return kept;
  return { className: kept.getClassName(), config: kept.getConfig() };
}

function nameIn(format: KerasFormat, known: LayerFields, key: string): string {
  return format === 'keras3' ? (known.renamedInKeras3?.[key] ?? key) : key;
}

function writeField(
  kind: FieldKind,
  value: unknown,
  place: { layer: string; key: string; format: KerasFormat },
  inner: (layer: Layer) => WrittenLayer,
): unknown {
  switch (kind) {
    case 'ignored':
    case 'unset':
    case 'one':
      return undefined;
    case 'activation':
      return writeActivation(value ?? 'linear', place);
    case 'initializer':
      return writePart('initializers', value, place.format);
    case 'regularizer':
      return writePart('regularizers', value, place.format);
    case 'constraint':
      return writePart('constraints', value, place.format);
    case 'dataFormat':
      return value === undefined ? undefined : 'channels_last';
    case 'layer':
      return inner(value as Layer);
    default:
      return value;
  }
}

function notWritable(layer: Layer): ReaderError {
  return new ReaderError({
    code: 'keras-layer-unsupported',
    explain: `The layer ${layer.name} is of the class ${layer.getClassName()}, which cannot be saved for Keras.`,
    elaborate: `Those that can: ${[...LAYERS.keys()].join(', ')}.`,
    hint: 'Build the model out of layers that Keras and TensorFlow.js both have.',
  });
}
