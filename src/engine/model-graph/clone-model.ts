import * as tf from '@tensorflow/tfjs';
import { requireBuiltModel } from './model-graph.ts';
import { copyLayer } from './rebuild-model.ts';
import { assignWeights } from './replace-weights.ts';

type Layer = tf.layers.Layer;

/** A layer that takes the place of another, and how it comes by its weights once it is built. */
export interface LayerClone {
  layer: Layer;
  fill: () => void;
}

/** What takes the place of a layer; where it gives nothing the layer is copied with its weights. */
export type CloneLayer = (layer: Layer) => LayerClone | undefined;

/**
 * Builds a model anew out of new layers: a Sequential stays one, models nested in it are built anew too, and a layer
 * that is called several times is made once. The given model is left as it was.
 *
 * @throws ReaderError `model-not-a-model`, `model-not-built`
 * @internal
 */
export function cloneModel(
  model: tf.LayersModel,
  cloneLayer: CloneLayer = () => undefined,
): tf.LayersModel {
  const clones = new Map<Layer, Layer>();
  const fills: (() => void)[] = [];

  const cloneOf = (layer: Layer): Layer => {
    const known = clones.get(layer);
    if (known) return known;
    let made: Layer;
    if (isModel(layer)) made = cloneContainer(layer, cloneOf);
    else {
      const clone = cloneLayer(layer) ?? copyWithWeights(layer);
      made = clone.layer;
      fills.push(clone.fill);
    }
    clones.set(layer, made);
    return made;
  };

  const clone = cloneContainer(model, cloneOf);
  for (const fill of fills) fill();
  return clone;
}

/** Whether a layer is a model. @internal */
export function isModel(layer: Layer): layer is tf.LayersModel {
  return layer instanceof tf.LayersModel;
}

function copyWithWeights(layer: Layer): LayerClone {
  const copy = copyLayer(layer);
  return {
    layer: copy,
    fill: () => assignWeights(copy, layer.getWeights()),
  };
}

function cloneContainer(model: tf.LayersModel, cloneOf: (layer: Layer) => Layer): tf.LayersModel {
  requireBuiltModel(model);
  const clone =
    model instanceof tf.Sequential
      ? cloneSequential(model, cloneOf)
      : cloneFunctional(model, cloneOf);
  if (!model.trainable) clone.trainable = false;
  return clone;
}

function cloneSequential(model: tf.Sequential, cloneOf: (layer: Layer) => Layer): tf.Sequential {
  const layers = model.layers.map(cloneOf);
  const first = layers[0]!;
  // The first layer of a Sequential says what comes in.
  if (!isModel(first)) {
    first.batchInputShape ??= model.inputs[0]!.shape;
    first.dtype ??= model.inputs[0]!.dtype;
  }
  return tf.sequential({ name: model.name, layers });
}

function cloneFunctional(model: tf.LayersModel, cloneOf: (layer: Layer) => Layer): tf.LayersModel {
  const made = new Map<number, tf.SymbolicTensor>();
  const madeFrom = (tensor: tf.SymbolicTensor): tf.SymbolicTensor => made.get(tensor.id)!;
  for (const { id, shape, dtype, sourceLayer } of model.inputs) {
    made.set(id, tf.input({ batchShape: shape, dtype, name: sourceLayer.name }));
  }
  // Layers can be hundreds deep: the walk keeps a stack of its own.
  const pending = model.outputs.toReversed();
  while (pending.length > 0) {
    const tensor = pending.at(-1)!;
    const missing = tensor.inputs.filter(({ id }) => !made.has(id));
    if (missing.length > 0 && !made.has(tensor.id)) {
      pending.push(...missing.toReversed());
      continue;
    }
    pending.pop();
    if (made.has(tensor.id)) continue;
    const { sourceLayer, nodeIndex, callArgs } = tensor;
    const reads = tensor.inputs.map(madeFrom);
    const outputs = [
      cloneOf(sourceLayer).apply(reads.length === 1 ? reads[0]! : reads, callArgs),
    ].flat() as tf.SymbolicTensor[];
    sourceLayer.inboundNodes[nodeIndex]!.outputTensors.forEach(({ id }, index) =>
      made.set(id, outputs[index]!),
    );
  }
  return tf.model({
    name: model.name,
    inputs: model.inputs.map(madeFrom),
    outputs: model.outputs.map(madeFrom),
  });
}
