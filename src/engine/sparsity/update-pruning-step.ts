import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { prunedLayers } from './pruned-layers.ts';
import type { PruneLowMagnitude } from './pruning-wrapper.ts';

/**
 * The callback that pruning needs: it starts the count of steps, and masks the weights once more when an epoch ends,
 * so that what the last steps of the optimizer let grow back is zero again.
 *
 * At the beginning of training a step of −1 becomes 0; a model that was saved in the middle goes on where it was. In a
 * loop of your own call `setModel(model)`, `onTrainBegin()`, before each batch `onBatchBegin()`, and `onEpochEnd()`.
 *
 * `new UpdatePruningStep()` takes no @param options.
 *
 * @throws ReaderError `callback-without-model` when it is called before `setModel`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = sparsity.pruneLowMagnitude(
 *   tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }),
 * );
 * model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * const summaries = new sparsity.PruningSummaries();
 * const callbacks = [new sparsity.UpdatePruningStep(), summaries];
 * await model.fit(tf.ones([8, 2]), tf.ones([8, 1]), { batchSize: 4, epochs: 3, verbose: 0, callbacks });
 * console.log(summaries.records.map(({ step }) => step).join(' ')); // 2 4 6
 * ```
 * @see `UpdatePruningStep`, tensorflow_model_optimization/python/core/sparsity/keras/pruning_callbacks.py
 */
export class UpdatePruningStep extends tf.Callback {
  override async onTrainBegin(): Promise<void> {
    for (const layer of layersOf(this, 'UpdatePruningStep')) layer.begin();
  }

  override async onBatchBegin(): Promise<void> {
    // The layers count for themselves; TFMOT's loops call it.
  }

  override async onEpochEnd(): Promise<void> {
    for (const layer of layersOf(this, 'UpdatePruningStep')) layer.applyMasks();
  }
}

/**
 * The pruned layers of a callback's model.
 *
 * @throws ReaderError `callback-without-model`
 * @internal
 */
export function layersOf(callback: tf.Callback, name: string): PruneLowMagnitude[] {
  if (callback.model) return prunedLayers(callback.model);
  throw new ReaderError({
    code: 'callback-without-model',
    explain: `${name} does not know its model yet.`,
    hint: 'In a loop of your own call callback.setModel(model) first; model.fit does it by itself.',
  });
}
