import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { prunableWeights, pruningOf } from './prunable-weights.ts';
import { allLayers } from './pruned-layers.ts';
import { PruneLowMagnitude } from './pruning-wrapper.ts';

/** How many weights are zero. */
export interface Sparsity {
  /** Weights that pruning is for: kernels, and not biases. */
  weights: number;
  zeros: number;
  /** zeros/weights. */
  sparsity: number;
}

/** The zeros of a model, and of each of its layers. */
export interface ModelSparsity extends Sparsity {
  layers: (Sparsity & { layer: string })[];
}

/**
 * Counts the zeros in the kernels of a model.
 *
 * sparsity = zeros/weights, for each layer that pruning is for and for all of them together. Biases, batch
 * normalizations and depthwise kernels are not counted. Layers that are wrapped for pruning count by their masks.
 *
 * @param model - a built model; it is left as it is
 * @returns `{weights, zeros, sparsity, layers}`, each of the layers `{layer, weights, zeros, sparsity}` in order
 * @throws ReaderError `nothing-to-prune`, `model-not-a-model`, `model-not-built`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 10, inputShape: [10], name: 'answer' })],
 * });
 * const { zeros, layers } = sparsity.sparsityOf(sparsity.magnitudePrune(model, 0.9));
 * console.log(zeros, layers[0]!.layer, layers[0]!.sparsity); // 90 answer 0.9
 * ```
 * @see {@link magnitudePrune}
 */
export function sparsityOf(model: tf.LayersModel): ModelSparsity {
  requireBuiltModel(model);
  const layers = allLayers(model).flatMap((layer) => {
    const counted = count(layer);
    return counted ? [{ layer: layer.name, ...counted }] : [];
  });
  if (layers.length === 0) {
    throw new ReaderError({
      code: 'nothing-to-prune',
      explain: 'The model has no layer whose kernel can be pruned: there are no zeros to count.',
      elaborate: `Its layers are ${model.layers.map(({ name }) => name).join(', ')}.`,
    });
  }
  const total = (field: 'weights' | 'zeros'): number =>
    layers.reduce((sum, each) => sum + each[field], 0);
  return { ...shareOf(total('weights'), total('zeros')), layers };
}

function count(layer: tf.layers.Layer): Sparsity | undefined {
  const wrapped = layer instanceof PruneLowMagnitude;
  const counted = wrapped ? layer.inner : layer;
  if (pruningOf(counted) !== 'prunes') return undefined;
  const variables = prunableWeights(counted).map(({ variable }) => variable);
  let [weights, zeros] = [0, 0];
  tf.tidy(() => {
    const tensors = wrapped ? layer.prunedWeights() : counted.weights.map((each) => each.read());
    for (const [index, variable] of counted.weights.entries()) {
      if (!variables.includes(variable)) continue;
      const values = tensors[index]!.dataSync();
      weights += values.length;
      for (let i = 0; i < values.length; i++) if (values[i] === 0) zeros++;
    }
  });
  return shareOf(weights, zeros);
}

function shareOf(weights: number, zeros: number): Sparsity {
  return { weights, zeros, sparsity: zeros / weights };
}
