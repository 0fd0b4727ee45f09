import * as tf from '@tensorflow/tfjs';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  PolynomialDecay,
  pruneLowMagnitude,
  PruningSummaries,
  stripPruning,
  UpdatePruningStep,
} from '../../../src/engine/sparsity/index.ts';
import { ModelCheckpoint } from '../../../src/engine/training/model-checkpoint.ts';
import { imageBatch } from '../quantization/images.ts';

/** How long the recipe runs and when it prunes; the book's own numbers unless told. */
export interface Recipe {
  epochs?: number;
  batchSize?: number;
  beginStep?: number;
  endStep?: number;
  /** Steps from one pruning to the next. */
  frequency?: number;
  /** Is told of every epoch. */
  onEpoch?: (epoch: number, logs: tf.Logs) => void;
}

/** What comes out of it. */
export interface RecipeResult {
  /** Pruned and stripped. */
  model: tf.LayersModel;
  /** The epoch of least validation loss, from 0. */
  bestEpoch: number;
  /** Sparsity and threshold of each kernel after each epoch. */
  summaries: PruningSummaries['records'];
}

/**
 * The recipe of the book's last chapter: half of the weights go at once when pruning begins, nine tenths by its end.
 * Adam, cross-entropy, five epochs, validation data, the callbacks, strip. `fit` would shuffle with numbers that
 * nobody can repeat; MNIST's images are in no order as they come.
 */
export async function runRecipe(
  model: tf.LayersModel,
  train: { set: MnistSet; images: number },
  validation: { set: MnistSet; images: number },
  {
    epochs = 5,
    batchSize = 32,
    beginStep = 1000,
    endStep = 2000,
    frequency = 100,
    onEpoch,
  }: Recipe = {},
): Promise<RecipeResult> {
  const pruned = pruneLowMagnitude(model, {
    pruningSchedule: new PolynomialDecay({
      initialSparsity: 0.5,
      finalSparsity: 0.9,
      beginStep,
      endStep,
      frequency,
    }),
  });
  pruned.compile({
    optimizer: tf.train.adam(0.001),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const [x, y] = tensors(train);
  const validationData = tensors(validation);
  const checkpoint = new ModelCheckpoint({ monitor: 'val_loss' });
  const summaries = new PruningSummaries();
  await pruned.fit(x, y, {
    epochs,
    batchSize,
    shuffle: false,
    validationData,
    verbose: 0,
    callbacks: [
      new UpdatePruningStep(),
      checkpoint,
      summaries,
      new tf.CustomCallback({
        onEpochEnd: async (epoch, logs = {}) => onEpoch?.(epoch, logs),
      }),
    ],
  });
  tf.dispose([x, y, validationData]);
  return {
    model: stripPruning(pruned),
    bestEpoch: checkpoint.bestEpoch!,
    summaries: summaries.records,
  };
}

function tensors({ set, images }: { set: MnistSet; images: number }): [tf.Tensor, tf.Tensor] {
  const labels = tf.tidy(() =>
    tf.oneHot(tf.tensor1d(set.labels.subarray(0, images), 'int32'), 10).toFloat(),
  );
  return [imageBatch(set, 0, images), labels];
}
