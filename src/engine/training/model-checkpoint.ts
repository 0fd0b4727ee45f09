import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/** What a checkpoint watches and where it goes. */
export interface ModelCheckpointOptions {
  /** The number watched: `val_loss` unless told; any that `fit` reports. */
  monitor?: string;
  /** Whether less or more of it is better; `max` for accuracies unless told, `min` for all else. */
  mode?: 'min' | 'max';
  /** Keep an epoch only when it is the best so far; true unless told. */
  saveBestOnly?: boolean;
  /** Is given what is kept: the topology and the weights, as `tf.io` passes them to its handlers. */
  save?: (artifacts: tf.io.ModelArtifacts, epoch: number, logs: tf.Logs) => void | Promise<void>;
}

/**
 * A callback of `fit` that keeps the model as it was after its best epoch, in memory or where `save` puts it.
 *
 * An epoch is the best when its monitored number is below (mode `min`) or above (`max`) all before it; equal is not
 * better. With `saveBestOnly: false` every epoch is kept, one after the other.
 *
 * `new ModelCheckpoint(options)` takes @param options - `monitor`, `mode`, `saveBestOnly`, `save`; after training
 * `bestEpoch` (from 0), `best` (its number) and `artifacts` are there, and `restore()` puts the kept weights back into
 * the model that was trained. While a pruning schedule still rises, the best epoch is apt to be an early one with few
 * zeros.
 *
 * @throws ReaderError `checkpoint-monitor-unknown` when `fit` reports no such number, `checkpoint-empty` from `restore`
 *   before an epoch was kept, `checkpoint-mode-unknown`
 * @example
 * ```ts
 * import { tf, training } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * const checkpoint = new training.ModelCheckpoint({ monitor: 'loss' });
 * await model.fit(tf.ones([4, 2]), tf.ones([4, 1]), { epochs: 3, verbose: 0, callbacks: [checkpoint] });
 * console.log(checkpoint.bestEpoch); // 2
 * ```
 * @see `tf.keras.callbacks.ModelCheckpoint`, keras/src/callbacks/model_checkpoint.py
 */
export class ModelCheckpoint extends tf.Callback {
  readonly #monitor: string;
  readonly #mode: 'min' | 'max';
  readonly #bestOnly: boolean;
  readonly #save: ModelCheckpointOptions['save'];
  #watched: tf.LayersModel | undefined;
  /** The epoch that is kept, from 0. */
  bestEpoch: number | undefined;
  /** What was monitored in it. */
  best: number | undefined;
  /** The model as it was then. */
  artifacts: tf.io.ModelArtifacts | undefined;

  constructor(options: ModelCheckpointOptions = {}) {
    super();
    const { monitor = 'val_loss', saveBestOnly = true } = options;
    const { mode = /acc/i.test(monitor) ? 'max' : 'min' } = options;
    if (mode !== 'min' && mode !== 'max') {
      throw new ReaderError({
        code: 'checkpoint-mode-unknown',
        explain: `mode must be 'min' or 'max'; it is ${String(mode)}.`,
      });
    }
    this.#monitor = monitor;
    this.#mode = mode;
    this.#bestOnly = saveBestOnly;
    this.#save = options.save;
  }

  override setModel(model: tf.LayersModel): void {
    super.setModel(model as never);
    this.#watched = model;
  }

  override async onEpochEnd(epoch: number, logs: tf.Logs = {}): Promise<void> {
    // The numbers of validation come as scalars on their way to the history.
    const reported: unknown = logs[this.#monitor];
    const value = reported instanceof tf.Tensor ? reported.dataSync()[0] : reported;
    if (typeof value !== 'number') {
      throw new ReaderError({
        code: 'checkpoint-monitor-unknown',
        explain: `ModelCheckpoint watches ${this.#monitor}, which fit does not report.`,
        elaborate: `It reports ${Object.keys(logs).join(', ') || 'nothing'}.`,
        hint: this.#monitor.startsWith('val_')
          ? 'Give fit validationData, or watch loss.'
          : 'Name it among the metrics in compile.',
      });
    }
    if (this.#bestOnly && this.best !== undefined && !this.#isBetter(value, this.best)) return;
    this.best = value;
    this.bestEpoch = epoch;
    await this.#watched!.save(
      tf.io.withSaveHandler((artifacts) => {
        this.artifacts = artifacts;
        return Promise.resolve({
          modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
        });
      }),
    );
    await this.#save?.(this.artifacts!, epoch, logs);
  }

  /** Gives the model that was trained the weights that were kept. */
  restore(): void {
    if (!this.artifacts || !this.#watched) {
      throw new ReaderError({
        code: 'checkpoint-empty',
        explain: 'ModelCheckpoint has kept no epoch yet.',
        hint: 'Pass it to fit among the callbacks first.',
      });
    }
    const { weightData, weightSpecs } = this.artifacts;
    const bytes = tf.io.CompositeArrayBuffer.join(weightData!);
    tf.tidy(() => this.#watched!.loadWeights(tf.io.decodeWeights(bytes, weightSpecs!)));
  }

  #isBetter(value: number, than: number): boolean {
    return this.#mode === 'min' ? value < than : value > than;
  }
}
