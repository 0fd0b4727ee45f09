/** The engine's own layers around others: those of training quantized, pruned and clustered. */
import { ClusterWeights } from '../../clustering/cluster-wrapper.ts';
import { ConstantSparsity } from '../../sparsity/constant-sparsity.ts';
import { PolynomialDecay } from '../../sparsity/polynomial-decay.ts';
import { PruneLowMagnitude } from '../../sparsity/pruning-wrapper.ts';
import { QuantizeWrapper } from '../../quantization/training/quantize-wrapper.ts';
import { WrappingLayer } from '../../model-graph/wrapping-layer.ts';
import { camelCase, snakeCase } from './case.ts';
import { isActivation, type PartConfig } from './layer-parts.ts';
import { configInvalid, isObject, own, type JsonObject } from './parse-json.ts';
import { COMMON_KEYS } from './layer-fields.ts';

type WrapperClass = typeof QuantizeWrapper | typeof PruneLowMagnitude | typeof ClusterWeights;

/** By the name they are saved under. @internal */
export const WRAPPERS: ReadonlyMap<string, WrapperClass> = new Map<string, WrapperClass>([
  [QuantizeWrapper.className, QuantizeWrapper],
  [PruneLowMagnitude.className, PruneLowMagnitude],
  [ClusterWeights.className, ClusterWeights],
]);
const SCHEDULES: ReadonlySet<string> = new Set([
  ConstantSparsity.className,
  PolynomialDecay.className,
]);

/** Whether a layer is one of them, and not of a class that somebody made of one. @internal */
export function isWrapper(layer: object): layer is WrappingLayer {
  return (
    layer instanceof WrappingLayer &&
    [...WRAPPERS.values()].some((each) => layer.constructor === each)
  );
}

/** What a wrapper is made of: its own settings, and the layer in it. @internal */
export function readWrapper(
  { name, config }: { name: string; config: JsonObject },
  readInner: (entry: unknown) => PartConfig,
): JsonObject {
  const settings = Object.entries(config)
    .filter(([key]) => key !== 'layer' && !COMMON_KEYS.has(key))
    .map(([key, value]) => [camelKey(key, name), readValue(value, name)] as const);
  const read = Object.fromEntries(settings) as JsonObject;
  requireKnownNames(read, name);
  return { ...read, layer: readInner(own(config, 'layer')) };
}

/** The settings of a wrapper, for Keras. @internal */
export function writeWrapper(config: JsonObject): JsonObject {
  const settings = Object.entries(config).filter(
    ([key, value]) => key !== 'layer' && value !== undefined && !COMMON_KEYS.has(snakeCase(key)),
  );
  return Object.fromEntries(settings.map(([key, value]) => [snakeCase(key), writeValue(value)]));
}

function readValue(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => readValue(each, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [camelKey(key, name), readValue(each, name)]),
  );
}

function camelKey(key: string, name: string): string {
  if (/^[a-z][a-z0-9_]{0,60}$/.test(key) && key !== 'constructor') return camelCase(key);
  throw configInvalid(`the layer ${name} has a setting that is none`);
}

function writeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [snakeCase(key), writeValue(each)]),
  );
}

/** Names by which TensorFlow.js would look something up. */
function requireKnownNames(value: unknown, name: string): void {
  if (Array.isArray(value)) for (const each of value) requireKnownNames(each, name);
  if (!isObject(value)) return;
  for (const [key, each] of Object.entries(value)) {
    const isUnknown =
      (key === 'activation' && !isActivation(each)) ||
      (key === 'className' && !(typeof each === 'string' && SCHEDULES.has(each)));
    if (isUnknown) throw configInvalid(`the ${key} in the layer ${name} is none that is known`);
    requireKnownNames(each, name);
  }
}
