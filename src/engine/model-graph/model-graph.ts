import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/** One layer of a model, and what it reads. */
export interface LayerNode {
  readonly layer: tf.layers.Layer;
  readonly name: string;
  /** Keras's class name: `Conv2D`, `Dense`, `InputLayer`, … */
  readonly className: string;
  /** Indices of the layers whose outputs it reads, in the order of its arguments. */
  readonly inputs: readonly number[];
  /** Indices of the layers that read its output. */
  readonly readers: readonly number[];
  /** Without the batch dimension. */
  readonly outputShape: readonly number[];
}

/** A model as a graph: its layers, each after all that it reads. */
export interface ModelGraph {
  readonly nodes: readonly LayerNode[];
  /** Indices of the input layers, in the order of the model's inputs. */
  readonly inputs: readonly number[];
  /** Indices of the layers whose outputs the model gives, in order. */
  readonly outputs: readonly number[];
}

type Layer = tf.layers.Layer;
type Node = Layer['inboundNodes'][number];

/**
 * Reads a built Sequential or functional model as a graph of layers. The model itself is not touched.
 *
 * @throws ReaderError `model-not-a-model`, `model-not-built`, `layer-shared` (a layer called more than once),
 *   `model-nested` (a model used as a layer), `layer-many-outputs`
 * @internal
 */
export function modelGraph(model: tf.LayersModel): ModelGraph {
  requireBuiltModel(model);
  requireFlatModel(model);
  const nodes: { -readonly [Key in keyof LayerNode]: LayerNode[Key] }[] = [];
  const indexOf = new Map<Layer, number>();

  // Layers can be hundreds deep: the walk keeps a stack of its own.
  const sources = (tensors: tf.SymbolicTensor[]): Layer[] =>
    tensors.map(({ sourceLayer }) => sourceLayer);
  const pending = sources(model.outputs).toReversed();
  while (pending.length > 0) {
    const layer = pending.at(-1)!;
    const reads = nodeOf(layer).inboundLayers;
    const missing = reads.filter((read) => !indexOf.has(read));
    if (missing.length > 0 && !indexOf.has(layer)) {
      pending.push(...missing.toReversed());
      continue;
    }
    pending.pop();
    if (indexOf.has(layer)) continue;
    const index = nodes.length;
    indexOf.set(layer, index);
    const inputs = reads.map((read) => indexOf.get(read)!);
    nodes.push({
      layer,
      name: layer.name,
      className: layer.getClassName(),
      inputs,
      readers: [],
      outputShape: outputShapeOf(layer),
    });
    for (const input of inputs) nodes[input]!.readers = [...nodes[input]!.readers, index];
  }
  const find = (layers: Layer[]): number[] => layers.map((layer) => indexOf.get(layer)!);
  return { nodes, inputs: find(sources(model.inputs)), outputs: find(sources(model.outputs)) };
}

/**
 * A Sequential or functional model whose shapes are known; models may be nested in it.
 *
 * @throws ReaderError `model-not-a-model`, `model-not-built`
 * @internal
 */
export function requireBuiltModel(model: tf.LayersModel): void {
  const given = model as unknown as Partial<tf.LayersModel> | null;
  if (typeof given !== 'object' || given === null || !Array.isArray(given.layers)) {
    throw new ReaderError({
      code: 'model-not-a-model',
      explain: 'model must be a Sequential or functional model of TensorFlow.js.',
      hint: 'Make one with tf.sequential or tf.model, or open one with openModel.',
    });
  }
  // A Sequential has outputs as soon as its first layer knows its input's shape.
  if (!Array.isArray(given.outputs) || given.outputs.length === 0) {
    throw new ReaderError({
      code: 'model-not-built',
      explain: 'model has not been built: the shapes of its layers are not known yet.',
      hint: 'Give the first layer an inputShape, or call model.build with the shape of a batch.',
    });
  }
}

function requireFlatModel(model: tf.LayersModel): void {
  const nested = model.layers.find((layer) => 'layers' in layer);
  if (!nested) return;
  throw new ReaderError({
    code: 'model-nested',
    explain: `${nested.name} is a model used as a layer; a layer is treated by itself, and a model is not one.`,
    hint: 'Build one model out of the inner layers, or treat the inner model by itself.',
  });
}

function nodeOf(layer: Layer): Node {
  if (layer.inboundNodes.length !== 1) {
    throw new ReaderError({
      code: 'layer-shared',
      explain: `The layer ${layer.name} is called ${layer.inboundNodes.length} times; its output would have more than one range.`,
      hint: 'Give each call a layer of its own.',
    });
  }
  return layer.inboundNodes[0]!;
}

function outputShapeOf(layer: Layer): number[] {
  const { outputTensors } = nodeOf(layer);
  if (outputTensors.length !== 1) {
    throw new ReaderError({
      code: 'layer-many-outputs',
      explain: `The layer ${layer.name} has ${outputTensors.length} outputs; only layers with one are supported.`,
      hint: 'Split the layer into layers with one output each.',
    });
  }
  return outputTensors[0]!.shape.slice(1).map((size) => size ?? -1);
}
