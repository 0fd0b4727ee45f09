import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { ModelGraph } from '../model-graph/model-graph.ts';
import { describe } from '../numerics/arguments.ts';

/** The losses whose curvature in a network's outputs is known in closed form, named as Keras names them. */
export type CurvatureLoss = 'categoricalCrossentropy' | 'meanSquaredError';

/** A loss as a function of the outputs z of one node, [n, …]: what is propagated back from there. */
export interface OutputCurvature {
  /** Index of the node that gives z. */
  readonly node: number;
  /** One of the vectors s with Σ s·sᵀ = ∂²L/∂z² for each example; there are as many as outputs. */
  readonly seed: (z: tf.Tensor, index: number) => tf.Tensor;
  /** ∂L/∂z. */
  readonly gradient: (z: tf.Tensor, targets: tf.Tensor) => tf.Tensor;
  /** The loss of each example, [n]. */
  readonly loss: (z: tf.Tensor, targets: tf.Tensor) => tf.Tensor;
}

/** Layers whose output can be taken for logits: nothing bends it. */
const LINEAR = new Set([
  'Add',
  'BatchNormalization',
  'Concatenate',
  'Conv1D',
  'Conv2D',
  'Dense',
  'DepthwiseConv2D',
  'SeparableConv2D',
]);
/** Layers that only move or average values: what is before them decides. */
const TRANSPARENT = new Set([
  'Dropout',
  'Flatten',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'Reshape',
]);

/**
 * How the loss bends over the outputs of a model whose activations are layers of their own.
 *
 * @throws ReaderError `loss-unknown`, `output-not-one`, `output-not-classes`
 * @internal
 */
export function outputCurvature(graph: ModelGraph, loss: CurvatureLoss): OutputCurvature {
  const [output, ...others] = graph.outputs;
  if (output === undefined || others.length > 0) {
    throw new ReaderError({
      code: 'output-not-one',
      explain: `The loss is that of one output; the model has ${graph.outputs.length}.`,
      hint: 'Make a model of the same layers with the one output that the loss is about.',
    });
  }
  if (loss === 'meanSquaredError') return squares(output);
  if (loss === 'categoricalCrossentropy') return crossEntropy(logitsOf(graph, output));
  throw new ReaderError({
    code: 'loss-unknown',
    explain: `loss must be 'categoricalCrossentropy' or 'meanSquaredError'; it is ${describe(loss)}.`,
  });
}

/** L = mean over the D outputs of (z − t)²: the curvature is 2/D in each output, and none between them. */
function squares(node: number): OutputCurvature {
  const sizeOf = (z: tf.Tensor): number => z.size / z.shape[0]!;
  return {
    node,
    seed: (z, index) => {
      const size = sizeOf(z);
      const axis = oneHotRow(index, size).mul(Math.sqrt(2 / size));
      return tf.broadcastTo(axis, [z.shape[0]!, size]).reshape(z.shape);
    },
    gradient: (z, targets) => tf.mul(tf.sub(z, targets), 2 / sizeOf(z)),
    loss: (z, targets) => tf.mean(tf.square(tf.sub(z, targets)).reshape([z.shape[0]!, -1]), 1),
  };
}

/**
 * L = −Σ t·log softmax(z): with p = softmax(z) the curvature is diag(p) − p·pᵀ = Σ s_c·s_cᵀ, where
 * s_c = √p_c·(e_c − p).
 */
function crossEntropy(node: number): OutputCurvature {
  return {
    node,
    seed: (z, index) => {
      const p = tf.softmax(z);
      const root = tf.sqrt(tf.slice(p, [0, index], [-1, 1]));
      return tf.mul(root, tf.sub(oneHotRow(index, z.shape[1]!), p));
    },
    gradient: (z, targets) => tf.sub(tf.softmax(z), targets),
    loss: (z, targets) => tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(z)), 1)),
  };
}

/** [1, size], with 1 at the index. */
function oneHotRow(index: number, size: number): tf.Tensor2D {
  const row = new Float32Array(size);
  row[index] = 1;
  return tf.tensor2d(row, [1, size]);
}

/** The node whose outputs the softmax turns into probabilities, or that gives logits itself. */
function logitsOf({ nodes }: ModelGraph, output: number): number {
  const { className, layer, outputShape, inputs, name } = nodes[output]!;
  const activation = layer.getConfig()['activation'];
  if (outputShape.length !== 1) {
    throw new ReaderError({
      code: 'output-not-classes',
      explain: `Cross-entropy is about outputs of shape [examples, classes]; ${name} gives [examples, ${outputShape.join(', ')}].`,
    });
  }
  if (className === 'Softmax' || (className === 'Activation' && activation === 'softmax')) {
    return inputs[0]!;
  }
  let at = output;
  const isTransparent = (): boolean =>
    TRANSPARENT.has(nodes[at]!.className) ||
    (nodes[at]!.className === 'Activation' &&
      nodes[at]!.layer.getConfig()['activation'] === 'linear');
  while (isTransparent()) at = nodes[at]!.inputs[0]!;
  if (LINEAR.has(nodes[at]!.className)) return output;
  throw new ReaderError({
    code: 'output-not-classes',
    explain: `Cross-entropy needs the probabilities of a softmax, or logits; the last layer, ${nodes[at]!.name}, gives neither.`,
    hint: "Use 'meanSquaredError', or a model that ends in a softmax or in a layer without activation.",
  });
}
