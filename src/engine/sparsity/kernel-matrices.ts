import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph, type LayerNode } from '../model-graph/model-graph.ts';
import type { Variable } from '../model-graph/wrapping-layer.ts';
import { requireUnwrapped } from './weights-to-prune.ts';

/** The kernel of a layer y = P·W + b, as a matrix [k, channels]: k weights make one output channel. */
export interface KernelMatrix {
  readonly node: LayerNode;
  readonly name: string;
  readonly variable: Variable;
  readonly bias: Variable | undefined;
  readonly k: number;
  readonly channels: number;
  /** A copy of the values, row-major. */
  readonly values: Float32Array;
}

/** Where these layers keep their kernels among their weights; a bias comes next. Of SeparableConv2D the pointwise one. */
const KERNEL_INDEX: Record<string, number> = { Conv1D: 0, Conv2D: 0, Dense: 0, SeparableConv2D: 1 };

/** The kernel of one layer, or undefined where it has none. @internal */
export function kernelMatrix(node: LayerNode): KernelMatrix | undefined {
  const index = KERNEL_INDEX[node.className];
  if (index === undefined) return undefined;
  const variable = node.layer.weights[index]!;
  const values = (variable.read().dataSync() as Float32Array).slice();
  const channels = variable.shape.at(-1)!;
  return {
    node,
    name: node.name,
    variable,
    bias: node.layer.weights[index + 1],
    k: values.length / channels,
    channels,
    values,
  };
}

/**
 * The kernels of a model, in the order in which its layers run; there must be one, and every weight of the model a
 * number.
 *
 * @throws ReaderError `nothing-to-prune`, `weights-not-finite`, `model-pruned-already`, and those of models that cannot
 *   be read
 * @internal
 */
export function kernelMatrices(model: tf.LayersModel): KernelMatrix[] {
  const { nodes } = modelGraph(model);
  requireUnwrapped(model);
  requireFiniteWeights(model);
  const kernels = nodes.map(kernelMatrix).filter((kernel) => kernel !== undefined);
  if (kernels.length > 0) return kernels;
  throw new ReaderError({
    code: 'nothing-to-prune',
    explain: 'The model has no layer whose curvature can be measured.',
    elaborate: `That of ${Object.keys(KERNEL_INDEX).join(', ')} can; its layers are ${nodes.map(({ name, className }) => `${name} (${className})`).join(', ')}.`,
  });
}
