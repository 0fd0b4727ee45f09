import * as tf from '@tensorflow/tfjs';
import { modelGraph, type LayerNode } from './model-graph.ts';

/** What takes the place of one layer: given the new inputs, the new output. */
export type ReplaceLayer = (
  node: LayerNode,
  inputs: tf.SymbolicTensor[],
) => tf.SymbolicTensor | undefined;

/**
 * Builds a new functional model out of another, layer by layer. Where `replace` gives nothing the layer is
 * copied: same configuration, same name, its weights' values. For an input layer `replace` is given the new input
 * itself, and may put something after it. The given model is left as it was.
 *
 * @internal
 */
export function rebuildModel(
  model: tf.LayersModel,
  replace: ReplaceLayer = () => undefined,
): tf.LayersModel {
  const { nodes, inputs, outputs } = modelGraph(model);
  const made: tf.SymbolicTensor[] = [];
  const given = new Map<number, tf.SymbolicTensor>();
  for (const [index, node] of nodes.entries()) {
    const reads = node.inputs.map((index) => made[index]!);
    if (node.className === 'InputLayer') {
      const input = copyInput(node);
      given.set(index, input);
      made.push(replace(node, [input]) ?? input);
    } else made.push(replace(node, reads) ?? applyLayer(copyLayer(node.layer), reads, node.layer));
  }
  return tf.model({
    inputs: inputs.map((index) => given.get(index)!),
    outputs: outputs.map((index) => made[index]!),
    name: model.name,
  });
}

/** A new layer of the same class and configuration, but for what `overrides` says; without weights yet. @internal */
export function copyLayer(
  layer: tf.layers.Layer,
  overrides: tf.serialization.ConfigDict = {},
): tf.layers.Layer {
  const cls = layer.constructor as tf.serialization.SerializableConstructor<tf.layers.Layer>;
  // TensorFlow.js leaves the multiplier out of the configuration of a separable convolution.
  const { depthMultiplier } = layer as { depthMultiplier?: number };
  const config = {
    ...layer.getConfig(),
    ...(depthMultiplier !== undefined && { depthMultiplier }),
    ...overrides,
  };
  // Seeds and initial values do not matter: the weights are set after; glorot on a large kernel takes time.
  return (
    cls as unknown as { fromConfig: (c: unknown, config: unknown) => tf.layers.Layer }
  ).fromConfig(cls, config);
}

/** Calls a layer on symbolic inputs, and gives it the weights of another. @internal */
export function applyLayer(
  layer: tf.layers.Layer,
  inputs: tf.SymbolicTensor[],
  weightsOf?: tf.layers.Layer,
): tf.SymbolicTensor {
  const output = layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;
  if (weightsOf && weightsOf.weights.length > 0) layer.setWeights(weightsOf.getWeights());
  return output;
}

function copyInput({ layer, name }: LayerNode): tf.SymbolicTensor {
  const { batchInputShape, dtype } = layer as unknown as {
    batchInputShape: tf.Shape;
    dtype: tf.DataType;
  };
  return tf.input({ batchShape: batchInputShape, dtype, name });
}
