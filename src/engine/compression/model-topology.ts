import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { LayerNode, ModelGraph } from '../model-graph/model-graph.ts';
import { WrappingLayer } from '../model-graph/wrapping-layer.ts';
import {
  configProblem,
  isRecord,
  layerClass,
  storableConfig,
  type LayerConfig,
} from './layer-config.ts';

/** One layer of a stored model. */
export interface StoredLayer {
  class: string;
  config: LayerConfig;
  /** Numbers of the layers that it reads, all before it. */
  reads: number[];
  /** Names of its weights. */
  weights: string[];
}

/** A model without its weights, as JSON can hold it. */
export interface StoredTopology {
  name: string;
  /** Numbers of the input layers and of the layers whose outputs the model gives. */
  inputs: number[];
  outputs: number[];
  layers: StoredLayer[];
}

const MAX_LAYERS = 2048;
const INPUT_TYPES = new Set(['float32', 'int32', 'bool']);

/** The name of a weight within its layer: `kernel`, `bias`, … */
const shortName = ({ originalName }: tf.LayerVariable): string => originalName.split('/').at(-1)!;

/**
 * A model as JSON can hold it.
 *
 * @throws ReaderError `layer-unsupported`, `layer-config-unsupported`
 * @internal
 */
export function topologyOf(name: string, { nodes, inputs, outputs }: ModelGraph): StoredTopology {
  for (const node of nodes) requireStorable(node);
  return {
    name,
    inputs: [...inputs],
    outputs: [...outputs],
    layers: nodes.map(({ layer, className, inputs: reads }) => ({
      class: className,
      config: storableConfig(layer),
      reads: [...reads],
      weights: layer.weights.map(shortName),
    })),
  };
}

function requireStorable({ layer, name, className }: LayerNode): void {
  if (layer.constructor === layerClass(className)) return;
  throw new ReaderError({
    code: 'layer-unsupported',
    explain: `The layer ${name} (${className}) cannot be stored: only layers of TensorFlow.js itself can, that hold no others.`,
    hint:
      layer instanceof WrappingLayer
        ? 'It wraps another for training. Take that off first: stripPruning, stripClustering, or convertQuantizedModel.'
        : 'Replace it by layers of TensorFlow.js.',
  });
}

/** Error for a topology that no encoder writes. @internal */
export function topologyInvalid(elaborate: string): ReaderError {
  return new ReaderError({
    code: 'compressed-topology',
    explain: 'The layers in the file make no model.',
    elaborate,
    hint: 'The bytes were altered, or something else wrote them: encode the model again.',
  });
}

/**
 * Reads a topology out of a text, and trusts nothing in it: only known layer classes, only plain values, only reads of
 * layers before.
 *
 * @throws ReaderError `compressed-topology`
 * @internal
 */
export function parseTopology(text: string): StoredTopology {
  const topology = parseJson(text);
  if (!isRecord(topology)) throw topologyInvalid('It is no object.');
  const { name, inputs, outputs, layers } = topology;
  if (typeof name !== 'string' || !Array.isArray(layers) || layers.length > MAX_LAYERS) {
    throw topologyInvalid(`It needs a name and at most ${MAX_LAYERS} layers.`);
  }
  if (!isNumbersBelow(inputs, layers.length) || !isNumbersBelow(outputs, layers.length)) {
    throw topologyInvalid('It needs inputs and outputs that are among its layers.');
  }
  layers.forEach(requireLayer);
  return topology as unknown as StoredTopology;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw topologyInvalid('It is no JSON.');
  }
}

function isNumbersBelow(value: unknown, end: number): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => Number.isInteger(each) && each >= 0 && each < end)
  );
}

function requireLayer(layer: unknown, index: number): void {
  if (!isRecord(layer)) throw topologyInvalid(`Layer ${index} is no object.`);
  const { class: className, config, reads, weights } = layer;
  if (typeof className !== 'string' || layerClass(className) === undefined) {
    throw topologyInvalid(`Layer ${index} is of a class that is not known.`);
  }
  const problem = configProblem(config);
  if (problem !== undefined) throw topologyInvalid(`Of layer ${index}, ${problem}.`);
  const isInput = className === 'InputLayer';
  const readsFit = isInput
    ? Array.isArray(reads) && reads.length === 0
    : isNumbersBelow(reads, index);
  if (!readsFit) throw topologyInvalid(`Layer ${index} reads what is not before it.`);
  if (!Array.isArray(weights) || !weights.every((each) => typeof each === 'string')) {
    throw topologyInvalid(`The weights of layer ${index} are not named.`);
  }
  const { name, dtype, batchInputShape } = config as Record<string, unknown>;
  if (typeof name !== 'string') throw topologyInvalid(`Layer ${index} has no name.`);
  if (isInput && !INPUT_TYPES.has(dtype as string)) {
    throw topologyInvalid(`The input ${name} is of a type that is not known.`);
  }
  if (isInput && !isShape(batchInputShape)) {
    throw topologyInvalid(`The input ${name} is of no shape.`);
  }
}

function isShape(value: unknown): boolean {
  const isSize = (size: unknown): boolean =>
    size === null || (Number.isInteger(size) && (size as number) > 0);
  return Array.isArray(value) && value.length <= 8 && value.every(isSize);
}
