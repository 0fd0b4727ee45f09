import * as tf from '@tensorflow/tfjs';
import { cloneModel } from '../model-graph/clone-model.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';
import { assignWeights } from '../model-graph/replace-weights.ts';
import { requireKnownOptions } from './known-options.ts';
import { prunedLayers } from './pruned-layers.ts';
import { PruneLowMagnitude } from './pruning-wrapper.ts';

/** What stripping tells. */
export interface StripOptions {
  /** Hears that there was nothing to strip; unless told, console.warn does. */
  onWarning?: (message: string) => void;
}

/**
 * Takes the wrappers of pruning off again: plain layers under their old names, with the zeros in their kernels.
 *
 * w = 0 where the last mask is 0, otherwise as it stands. TFMOT's `strip_pruning` does not apply the mask: after a
 * loop of your own that ends without `onEpochEnd` its weights can hold what the optimizer let grow back. Models nested
 * in the model are stripped too. Of a model that was never wrapped a copy comes back, and a warning says so.
 *
 * @param model - a model from {@link pruneLowMagnitude}, or with layers from it; it is left as it is
 * @param options - `onWarning` hears of a model without wrapped layers; console.warn unless told
 * @returns a new model, not compiled
 * @throws ReaderError `model-not-a-model`, `model-not-built`, `option-unknown`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'answer' })],
 * });
 * const pruned = sparsity.pruneLowMagnitude(model);
 * console.log(pruned.layers[0]!.name); // prune_low_magnitude_answer
 * console.log(sparsity.stripPruning(pruned).layers[0]!.name); // answer
 * ```
 * @see `strip_pruning`, tensorflow_model_optimization/python/core/sparsity/keras/prune.py
 */
export function stripPruning(model: tf.LayersModel, options: StripOptions = {}): tf.LayersModel {
  requireKnownOptions('stripPruning', options, ['onWarning'], '{ onWarning: console.log }');
  const { onWarning = (message) => console.warn(message) } = options;
  requireBuiltModel(model);
  if (prunedLayers(model).length === 0) {
    onWarning(
      'stripPruning: the model has no layer wrapped for pruning; this is a copy of it as it was.',
    );
  }
  return cloneModel(model, (layer) => {
    if (!(layer instanceof PruneLowMagnitude)) return undefined;
    const { inner } = layer;
    const copy = copyLayer(inner, { trainable: inner.trainable && layer.trainable });
    return {
      layer: copy,
      fill: () => tf.tidy(() => assignWeights(copy, layer.prunedWeights())),
    };
  });
}
