import * as tf from '@tensorflow/tfjs';

type Layer = tf.layers.Layer;

/** One use of a layer: what it gave, and what it read. */
export interface LayerCall {
  inputShapes: number[][];
  outputShape: number[];
}

/**
 * The layers of a model in the order in which they run, each once, with every call that leads to the model's outputs:
 * a layer that is shared has several. Of a model used as a layer the inner layers are listed, as often called as it is.
 * Shapes are without the batch; a size that is open is −1.
 */
export function layerCalls(model: tf.LayersModel): Map<Layer, LayerCall[]> {
  const calls = new Map<Layer, LayerCall[]>();
  addCalls(model, calls);
  return calls;
}

function addCalls(model: tf.LayersModel, calls: Map<Layer, LayerCall[]>): void {
  const seen = new Set<string>();
  const keyOf = ({ sourceLayer, nodeIndex }: tf.SymbolicTensor): string =>
    `${sourceLayer.id}/${nodeIndex}`;
  // Layers can be hundreds deep: the walk keeps a stack of its own.
  const pending = model.outputs.toReversed();
  while (pending.length > 0) {
    const tensor = pending.at(-1)!;
    const missing = tensor.inputs.filter((each) => !seen.has(keyOf(each)));
    if (missing.length > 0 && !seen.has(keyOf(tensor))) {
      pending.push(...missing.toReversed());
      continue;
    }
    pending.pop();
    if (seen.has(keyOf(tensor))) continue;
    seen.add(keyOf(tensor));
    const { sourceLayer, inputs } = tensor;
    if (sourceLayer instanceof tf.LayersModel) addCalls(sourceLayer, calls);
    else {
      const call = { inputShapes: inputs.map(shapeOf), outputShape: shapeOf(tensor) };
      calls.set(sourceLayer, [...(calls.get(sourceLayer) ?? []), call]);
    }
  }
}

/** The shape of a symbolic tensor without the batch, −1 where a size is open. */
export function shapeOf({ shape }: tf.SymbolicTensor): number[] {
  return shape.slice(1).map((size) => size ?? -1);
}
