import * as tf from '@tensorflow/tfjs';
import { createRng } from '../shared/rng.ts';
import { PolynomialDecay } from '../engine/sparsity/polynomial-decay.ts';
import { pruneLowMagnitude } from '../engine/sparsity/prune-low-magnitude.ts';
import { sparsityOf } from '../engine/sparsity/sparsity-of.ts';
import { stripPruning } from '../engine/sparsity/strip-pruning.ts';
import { UpdatePruningStep } from '../engine/sparsity/update-pruning-step.ts';
import type { PruneOptions } from './compress-options.ts';
import { batchOf, labelsOf, shuffledIndices } from './examples.ts';
import { lossOf } from './loss-of.ts';
import type { Part } from './plan-data.ts';
import { refreshBatches, refreshNormalization } from './refresh-normalization.ts';
import type { Progress } from './progress.ts';

/** How many batches fine-tuning takes. @internal */
export function fineTuneBatches(
  model: tf.LayersModel,
  options: Required<PruneOptions>,
  part: Part,
): number {
  return trainingSteps(options, part) + refreshBatches(model, part, options.batchSize);
}

function trainingSteps({ epochs, batchSize }: Required<PruneOptions>, part: Part): number {
  return epochs * Math.floor(part.indices.length / batchSize);
}

/** Pruning happens so often, at most, on its way. */
const MOST_PRUNINGS = 50;
/** Share of the steps after which all is pruned; the rest heals. */
const PRUNED_BY = 1 / 2;

/**
 * Prunes while training: PolynomialDecay from the zeros there are to those wanted in two thirds of the steps, Adam,
 * cross-entropy; at last batch normalizations take their statistics anew. Batches come in an order that the seed determines, and so do the masks of Dropout layers.
 *
 * @returns a new model with its zeros, stripped; the given one is left as it is
 * @throws ReaderError those of {@link pruneLowMagnitude}, and `stopped`
 * @internal
 */
export async function pruneWithTraining(
  model: tf.LayersModel,
  options: Required<PruneOptions>,
  part: Part,
  seed: number,
  progress: Progress,
): Promise<tf.LayersModel> {
  const steps = trainingSteps(options, part);
  const wrapped = pruneLowMagnitude(model, {
    pruningSchedule: schedules(model, options.sparsity, steps),
  });
  const optimizer = tf.train.adam(options.learningRate);
  try {
    wrapped.compile({ optimizer, loss: lossOf(model) });
    const callback = new UpdatePruningStep();
    callback.setModel(wrapped);
    await callback.onTrainBegin();
    const setSeeds = dropoutSeeder(wrapped, seed);
    let step = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const order = shuffledIndices(part.indices.length, seed + 1 + epoch);
      const { batchSize } = options;
      for (let at = 0; at + batchSize <= order.length; at += batchSize) {
        setRate(optimizer, (options.learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2);
        setSeeds();
        await trainOn(
          wrapped,
          part,
          order.subarray(at, at + batchSize).map((i) => part.indices[i]!),
        );
        step += 1;
        await progress.advance();
      }
      await callback.onEpochEnd();
    }
    await refreshNormalization(wrapped, part, options.batchSize, progress);
    return stripPruning(wrapped);
  } finally {
    optimizer.dispose();
    wrapped.dispose();
  }
}

async function trainOn(
  model: tf.LayersModel,
  { examples }: Part,
  indices: Int32Array,
): Promise<void> {
  const classes = model.outputs[0]!.shape[1]!;
  const inputs = batchOf(examples, indices);
  const labels = tf.tidy(() =>
    tf.oneHot(tf.tensor1d(labelsOf(examples, indices), 'int32'), classes).toFloat(),
  );
  try {
    await model.trainOnBatch(inputs, labels);
  } finally {
    tf.dispose([inputs, labels]);
  }
}

/** For each layer that can be pruned: from the zeros it has to those wanted, the last mask exactly at the end. */
function schedules(
  model: tf.LayersModel,
  sparsity: number,
  steps: number,
): Record<string, PolynomialDecay> {
  const last = Math.max(1, Math.round(steps * PRUNED_BY));
  const frequency = Math.max(1, Math.floor(last / MOST_PRUNINGS));
  const endStep = frequency * Math.max(1, Math.floor(last / frequency));
  return Object.fromEntries(
    sparsityOf(model).layers.map(({ layer, sparsity: now, weights }) => {
      const initialSparsity = Math.min(now, 1 - 1 / weights);
      const finalSparsity = Math.max(initialSparsity, sparsity);
      const options = { initialSparsity, finalSparsity, beginStep: 0, endStep, frequency };
      return [layer, new PolynomialDecay(options)];
    }),
  );
}

/** Dropout draws by Math.random unless it has a seed: it gets a new one for every batch. */
function dropoutSeeder(model: tf.LayersModel, seed: number): () => void {
  const rng = createRng(seed);
  const layers = model.layers.filter((layer) => /Dropout/.test(layer.getClassName()));
  return () => {
    for (const layer of layers) {
      (layer as unknown as { seed: number }).seed = rng.integer(1, 2 ** 31 - 1);
    }
  };
}

/** Adam reads its rate anew at every step; the field is not public. */
function setRate(optimizer: tf.Optimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
