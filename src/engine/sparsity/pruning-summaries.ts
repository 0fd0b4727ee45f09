import * as tf from '@tensorflow/tfjs';
import { requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from './known-options.ts';
import { layersOf } from './update-pruning-step.ts';

/** How sparse one layer was at one moment. */
export interface PruningRecord {
  /** Counts from 0, as in TensorFlow.js; −1 before the first. */
  epoch: number;
  /** Training steps of the layer so far. */
  step: number;
  /** The layer's own name, without the prefix. */
  layer: string;
  /** `kernel`, or which of its pruned weights. */
  weight: string;
  /** 1 − mean(mask). */
  sparsity: number;
  /** Smallest magnitude kept when the mask was last found; 0 before, and with m zeros in every n. */
  threshold: number;
}

/** How often a record is kept. */
export interface SummariesOptions {
  /** 'epoch', at the end of each, unless told; a number: after every so many batches. */
  updateFreq?: 'epoch' | number;
}

/**
 * Notes while a model trains how sparse its layers are, as data for a plot.
 *
 * sparsity = 1 − mean(mask); threshold as {@link magnitudeMask} gave it.
 *
 * `new PruningSummaries(options)` takes @param options - `updateFreq`, 'epoch' (unless told) or a number of batches;
 * `records` holds `{epoch, step, layer, weight, sparsity, threshold}` in order.
 *
 * @throws ReaderError `not-an-integer-in-range`, `option-unknown`; `callback-without-model` when it is called before
 *   `setModel`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const pruningSchedule = new sparsity.PolynomialDecay({
 *   initialSparsity: 0.2,
 *   finalSparsity: 0.8,
 *   beginStep: 2,
 *   endStep: 6,
 *   power: 1,
 *   frequency: 1,
 * });
 * const model = sparsity.pruneLowMagnitude(
 *   tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [10], name: 'answer' })] }),
 *   { pruningSchedule },
 * );
 * model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * const summaries = new sparsity.PruningSummaries();
 * const callbacks = [new sparsity.UpdatePruningStep(), summaries];
 * const data = { batchSize: 4, epochs: 3, verbose: 0, callbacks };
 * await model.fit(tf.ones([8, 10]), tf.ones([8, 10]), data);
 * console.log(summaries.records.map((record) => record.sparsity.toFixed(2)).join(' ')); // 0.20 0.50 0.80
 * console.log(summaries.records[0]!.layer); // answer
 * ```
 * @see `PruningSummaries`, tensorflow_model_optimization/python/core/sparsity/keras/pruning_callbacks.py
 */
export class PruningSummaries extends tf.Callback {
  readonly records: PruningRecord[] = [];
  readonly #updateFreq: 'epoch' | number;
  #epoch = -1;
  #batches = 0;

  constructor(options: SummariesOptions = {}) {
    super();
    requireKnownOptions('PruningSummaries', options, ['updateFreq'], '{ updateFreq: 100 }');
    const { updateFreq = 'epoch' } = options;
    if (updateFreq !== 'epoch') {
      requireInteger('updateFreq', updateFreq, 1, Number.MAX_SAFE_INTEGER);
    }
    this.#updateFreq = updateFreq;
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.#epoch = epoch;
  }

  override async onBatchEnd(): Promise<void> {
    this.#batches++;
    if (this.#updateFreq === 'epoch') return;
    if (this.#batches % this.#updateFreq === 0) this.#record();
  }

  override async onEpochEnd(): Promise<void> {
    if (this.#updateFreq === 'epoch') this.#record();
  }

  #record(): void {
    for (const layer of layersOf(this, 'PruningSummaries')) {
      const common = { epoch: this.#epoch, step: layer.step, layer: layer.inner.name };
      for (const summary of layer.summaries()) this.records.push({ ...common, ...summary });
    }
  }
}
