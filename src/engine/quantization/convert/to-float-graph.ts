import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import type { Graph } from '../../graph/graph.ts';
import { requireFiniteWeights } from '../../model-graph/finite-weights.ts';
import { modelGraph, type LayerNode } from '../../model-graph/model-graph.ts';
import { separateActivations } from '../../model-graph/separate-activations.ts';
import { foldBatchNorm } from '../fold-batch-norm.ts';
import { GraphBuilder } from './graph-builder.ts';
import { emitLayer, fusedActivationOf } from './layer-operators.ts';

/** The model as the graph is made from it: activations apart, batch normalizations folded. @internal */
export function normalizeModel(model: tf.LayersModel): tf.LayersModel {
  modelGraph(model);
  requireFiniteWeights(model);
  const separated = separateActivations(model);
  try {
    return foldBatchNorm(separated);
  } finally {
    separated.dispose();
  }
}

/**
 * A model that {@link normalizeModel} gave as a network of TFLite's operators in float32. ReLU and ReLU6 become
 * part of the operator before them; a tensor has the name of the last layer that shaped it.
 *
 * @throws ReaderError `layer-unsupported`, `input-shape-unknown`
 * @internal
 */
export function toFloatGraph(normalized: tf.LayersModel): Graph {
  const { nodes, inputs, outputs } = modelGraph(normalized);
  const builder = new GraphBuilder(normalized.name);
  const tensors: number[] = [];
  for (const node of nodes) {
    if (node.className === 'InputLayer') {
      tensors.push(builder.tensor(node.name, [1, ...knownShape(node)]));
      continue;
    }
    const reads = node.inputs.map((index) => tensors[index]!);
    const activation = fusedActivationOf(node);
    const before = node.inputs[0]!;
    const alone = nodes[before]!.readers.length === 1 && !outputs.includes(before);
    if (activation && alone && builder.fuse(reads[0]!, activation, node.name)) {
      tensors.push(reads[0]!);
    } else {
      tensors.push(emitLayer(builder, node, reads));
    }
  }
  builder.inputs.push(...inputs.map((index) => tensors[index]!));
  builder.outputs.push(...outputs.map((index) => tensors[index]!));
  return builder.build();
}

function knownShape({ name, outputShape }: LayerNode): readonly number[] {
  if (outputShape.every((size) => size > 0)) return outputShape;
  throw new ReaderError({
    code: 'input-shape-unknown',
    explain: `The input ${name} has the shape [${outputShape.map((size) => (size > 0 ? size : '?')).join(', ')}]: a quantized network needs every size but the batch's.`,
    hint: 'Build the model again with a whole inputShape.',
  });
}
