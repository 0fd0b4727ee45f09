import type * as tf from '@tensorflow/tfjs';
import { requireKnownOptions } from './known-options.ts';
import { kthLargestMagnitude } from './kth-largest-magnitude.ts';
import { keptCount } from './magnitude-mask.ts';
import {
  readLayerSparsity,
  requireScope,
  weightsToPrune,
  type LayerSparsity,
} from './weights-to-prune.ts';
import { withWeights } from './with-weights.ts';

/** What weights are compared with. */
export interface PruneScope {
  /** 'layer': those of their own layer; 'global': those of all layers. */
  scope?: 'layer' | 'global';
}

/**
 * Sets the smallest weights of a trained model to zero, once and without training.
 *
 * w = 0 where |w| is below the threshold, the k-th largest |w| of the kernel with k = max(round(n·(1 − sparsity)), 1),
 * as {@link magnitudeMask} finds it; weights that tie with it are all kept. With scope 'global' there is one
 * threshold, over the kernels of all layers together: layers with small weights lose more of them. Kernels alone are
 * pruned, as by {@link pruneLowMagnitude}.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param sparsity - share of weights that become zero, from 0 up to, but not, 1; a record of layers' names prunes
 *   those alone, each by its own
 * @param options - `scope`, 'layer' unless told, or 'global'
 * @returns a new model of the same layers and names, not compiled
 * @throws ReaderError `sparsity-out-of-range`, `layer-unknown`, `scope-unknown`, `scope-and-record`,
 *   `nothing-to-prune`, `model-pruned-already`, `weights-not-finite`, `model-not-a-model`, `model-not-built`,
 *   `option-unknown`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 2, inputShape: [2], useBias: false, name: 'loud' }),
 *     tf.layers.dense({ units: 1, useBias: false, name: 'quiet' }),
 *   ],
 * });
 * model.setWeights([tf.tensor2d([[4, -3], [2, 1]]), tf.tensor2d([[0.2], [0.1]])]);
 * const kernels = (pruned: tf.LayersModel) =>
 *   pruned.getWeights().map((kernel) => kernel.dataSync().join(' ')).join(' | ');
 * console.log(kernels(sparsity.magnitudePrune(model, 0.5))); // 4 -3 0 0 | 0.20000000298023224 0
 * console.log(kernels(sparsity.magnitudePrune(model, 0.5, { scope: 'global' }))); // 4 -3 2 0 | 0 0
 * ```
 * @see S. Han et al., "Learning both weights and connections for efficient neural networks", NIPS 2015
 */
export function magnitudePrune(
  model: tf.LayersModel,
  sparsity: LayerSparsity,
  options: PruneScope = {},
): tf.LayersModel {
  requireKnownOptions('magnitudePrune', options, ['scope'], "{ scope: 'global' }");
  const { scope = 'layer' } = options;
  requireScope(scope, sparsity);
  const weights = weightsToPrune(model);
  const shares = readLayerSparsity(sparsity, [...new Set(weights.map(({ layer }) => layer))]);
  const chosen = weights.filter(({ layer }) => shares.has(layer));
  const all = scope === 'global' ? joined(chosen.map(({ values }) => values)) : undefined;
  const threshold = all && thresholdOf(all, sparsity as number);
  return withWeights(
    model,
    new Map(
      chosen.map(({ layer, variable, values }) => [
        variable,
        withoutBelow(values, threshold ?? thresholdOf(values, shares.get(layer)!)),
      ]),
    ),
  );
}

/** The smallest magnitude that is kept. */
function thresholdOf(values: Float32Array, sparsity: number): number {
  return kthLargestMagnitude(values, keptCount(values.length, sparsity));
}

/** The values with 0 in place of those below the threshold. @internal */
export function withoutBelow(values: Float32Array, threshold: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Math.abs(value) >= threshold) result[i] = value;
  }
  return result;
}

/** Arrays end to end. @internal */
export function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
