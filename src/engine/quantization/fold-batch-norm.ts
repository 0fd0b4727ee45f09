import * as tf from '@tensorflow/tfjs';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelView } from '../model-graph/kernel-view.ts';
import { modelGraph, type LayerNode, type ModelGraph } from '../model-graph/model-graph.ts';
import { applyLayer, copyLayer, rebuildModel } from '../model-graph/rebuild-model.ts';

/** What a batch normalization does to each channel once trained: y = factor·x + shift. */
export interface ChannelAffine {
  factor: Float32Array;
  shift: Float32Array;
}

/**
 * Folds every BatchNormalization into the layer before it, as converters do: the same function with fewer layers.
 *
 * Per output channel: w' = w·γ/√(σ² + ε), b' = β + (b − μ)·γ/√(σ² + ε), with the moving mean μ and variance σ².
 * A normalization is folded when it follows a Conv1D, Conv2D, DepthwiseConv2D or Dense layer without an
 * activation that nothing else reads; any other is kept: `foldBatchNorm(m).layers` shows which.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @returns a new model; the layers that took a normalization in keep their names
 * @throws ReaderError `weights-not-finite`, and those of models that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 2, inputShape: [3], name: 'dense' }),
 *     tf.layers.batchNormalization({ name: 'norm' }),
 *   ],
 * });
 * const folded = quantization.foldBatchNorm(model);
 * console.log(folded.layers.map((layer) => layer.name).slice(1).join(', ')); // dense
 * ```
 * @see B. Jacob et al., CVPR 2018, section 3.2
 */
export function foldBatchNorm(model: tf.LayersModel): tf.LayersModel {
  const graph = modelGraph(model);
  requireFiniteWeights(model);
  const foldedInto = new Map<LayerNode, LayerNode>();
  for (const node of graph.nodes) {
    const before = foldTarget(graph, node);
    if (before) foldedInto.set(before, node);
  }
  const gone = new Set(foldedInto.values());
  return rebuildModel(model, (node, inputs) => {
    if (findBy(gone, node)) return inputs[0];
    const norm = findBy(foldedInto.keys(), node);
    return norm && foldInto(node, foldedInto.get(norm)!, inputs);
  });
}

/** {@link rebuildModel} reads the graph anew: nodes are told apart by their names. */
function findBy(nodes: Iterable<LayerNode>, { name }: LayerNode): LayerNode | undefined {
  for (const node of nodes) if (node.name === name) return node;
  return undefined;
}

/** The layer that a batch normalization can be folded into. @internal */
export function foldTarget(graph: ModelGraph, node: LayerNode): LayerNode | undefined {
  if (node.className !== 'BatchNormalization') return undefined;
  const index = node.inputs[0]!;
  const before = graph.nodes[index]!;
  const config = before.layer.getConfig();
  const isLinear = kernelView(before) !== undefined && config['activation'] === 'linear';
  const onlyReader = before.readers.length === 1 && !graph.outputs.includes(index);
  return isLinear && onlyReader && normalizesLastAxis(node) ? before : undefined;
}

/** Whether each channel of the last axis has its own mean. @internal */
export function normalizesLastAxis({ layer, outputShape }: LayerNode): boolean {
  const axis = layer.getConfig()['axis'] as number;
  return axis === -1 || axis === outputShape.length;
}

/** factor = γ/√(σ² + ε), shift = β − μ·factor. @internal */
export function channelAffine({ layer, outputShape }: LayerNode): ChannelAffine {
  const config = layer.getConfig() as { scale: boolean; center: boolean; epsilon: number };
  const weights = layer.getWeights().map((tensor) => tensor.dataSync() as Float32Array);
  const channels = outputShape.at(-1)!;
  const gamma = config.scale ? weights.shift()! : new Float32Array(channels).fill(1);
  const beta = config.center ? weights.shift()! : new Float32Array(channels);
  const [mean, variance] = weights as [Float32Array, Float32Array];
  const exact = Array.from(gamma, (value, c) => value / Math.sqrt(variance[c]! + config.epsilon));
  return {
    factor: Float32Array.from(exact),
    shift: Float32Array.from(beta, (value, c) => value - mean[c]! * exact[c]!),
  };
}

function foldInto(
  node: LayerNode,
  norm: LayerNode,
  inputs: tf.SymbolicTensor[],
): tf.SymbolicTensor {
  const { values, channels, shape, biasIndex, layer } = kernelView(node)!;
  const { factor, shift } = channelAffine(norm);
  const bias =
    biasIndex === undefined
      ? new Float32Array(channels)
      : (layer.getWeights()[biasIndex]!.dataSync() as Float32Array);
  const folded = copyLayer(layer, { useBias: true });
  const output = applyLayer(folded, inputs);
  tf.tidy(() =>
    folded.setWeights([
      tf.tensor(
        values.map((w, i) => w * factor[i % channels]!),
        [...shape],
      ),
      tf.tensor1d(bias.map((b, c) => b * factor[c]! + shift[c]!)),
    ]),
  );
  return output;
}
