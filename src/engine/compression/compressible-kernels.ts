import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph } from '../model-graph/model-graph.ts';

/** A kernel that can be pruned and clustered. */
export interface CompressibleKernel {
  /** Of its layer. */
  name: string;
  layer: tf.layers.Layer;
  /** A copy. */
  values: Float32Array;
  /** Position of the bias among the layer's weights; undefined when it has none. */
  biasIndex: number | undefined;
}

/** Layers whose kernels both pruning and clustering take, and where those are among their weights. */
const KERNEL_INDEX: Record<string, number> = { Conv1D: 0, Conv2D: 0, Dense: 0, SeparableConv2D: 1 };

/**
 * The kernels of a model that can be pruned and clustered, in the order in which its layers run.
 *
 * @throws ReaderError `nothing-to-compress`, `weights-not-finite`, and those of models that cannot be read
 * @internal
 */
export function compressibleKernels(model: tf.LayersModel): CompressibleKernel[] {
  const { nodes } = modelGraph(model);
  requireFiniteWeights(model);
  const kernels = nodes.flatMap(({ name, layer, className }): CompressibleKernel[] => {
    const index = KERNEL_INDEX[className];
    if (index === undefined) return [];
    const weights = layer.getWeights();
    const values = (weights[index]!.dataSync() as Float32Array).slice();
    return [{ name, layer, values, biasIndex: weights[index + 1] ? index + 1 : undefined }];
  });
  if (kernels.length > 0) return kernels;
  throw new ReaderError({
    code: 'nothing-to-compress',
    explain: 'The model has no layer whose kernel can be pruned and clustered.',
    elaborate: `Those of ${Object.keys(KERNEL_INDEX).join(', ')} can; its layers are ${nodes.map(({ name, className }) => `${name} (${className})`).join(', ')}.`,
    hint: 'Layers that are wrapped for training are stripped first: stripPruning, stripClustering.',
  });
}

/** Each of the names must be that of a layer with such a kernel. @internal */
export function requireCompressible(
  names: readonly string[],
  kernels: readonly CompressibleKernel[],
): void {
  const known = kernels.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ReaderError({
    code: 'layer-unknown',
    explain: `The model has no layer ${unknown} whose kernel can be pruned and clustered.`,
    elaborate: `Those that can are ${known.join(', ')}.`,
  });
}
