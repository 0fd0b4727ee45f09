/** The run itself: the retired model trained and pruned, in the page's worker and for the book's own curves alike. */
import * as tf from '@tensorflow/tfjs';
import {
  ConstantSparsity,
  PolynomialDecay,
  pruneLowMagnitude,
  sparsityOf,
  UpdatePruningStep,
  type PruningSchedule,
} from '../../../engine/sparsity/index.ts';
import {
  batchOf,
  labelsOf,
  shuffledIndices,
  type LabelledExamples,
} from '../../../workbench/examples.ts';
import {
  BATCH,
  EVERY,
  FREQUENCY,
  LAYERS,
  LEARNING_RATE,
  POWERS,
  STEPS,
  type PruningPlan,
  type RunPoint,
} from './pruning-plan.ts';

const SEED = 1895;

/** The engine's schedule of a plan. */
export function scheduleOf({ way, finalSparsity, endStep }: PruningPlan): PruningSchedule {
  if (way === 'once') {
    return new ConstantSparsity({
      targetSparsity: finalSparsity,
      beginStep: 1,
      endStep: 1,
      frequency: 1,
    });
  }
  return new PolynomialDecay({
    initialSparsity: 0,
    finalSparsity,
    beginStep: 0,
    endStep,
    power: POWERS[way],
    frequency: FREQUENCY,
  });
}

/**
 * Trains a copy of the model while the plan prunes it.
 *
 * @param model - with layers named as in LAYERS and ten probabilities for outputs; it is left as it is
 * @param train - what it learns from, in batches whose order is always the same
 * @param test - what it is measured on
 * @param onPoint - told after step 0 and every EVERY steps; awaited, so that a caller can let others work
 */
export async function runPruning(
  model: tf.LayersModel,
  train: LabelledExamples,
  test: LabelledExamples,
  plan: PruningPlan,
  onPoint: (point: RunPoint) => void | Promise<void>,
): Promise<void> {
  const schedule = scheduleOf(plan);
  const pruned = pruneLowMagnitude(model, {
    pruningSchedule: Object.fromEntries(LAYERS.map((layer) => [layer, schedule])),
  });
  const optimizer = tf.train.adam(LEARNING_RATE);
  const images = batchOf(
    test,
    Array.from({ length: test.count }, (_, i) => i),
  );
  try {
    pruned.compile({ optimizer, loss: 'categoricalCrossentropy' });
    const callback = new UpdatePruningStep();
    callback.setModel(pruned);
    await callback.onTrainBegin();
    const next = batches(train);
    await onPoint(pointOf(pruned, images, test, 0));
    for (let step = 1; step <= STEPS; step++) {
      await trainOn(pruned, train, next());
      if (step % EVERY === 0) await onPoint(pointOf(pruned, images, test, step));
    }
  } finally {
    images.dispose();
    optimizer.dispose();
    pruned.dispose();
  }
}

/** Batches of indices without end: each image once before any comes again. */
function batches({ count }: LabelledExamples): () => Int32Array {
  let [order, at, round] = [shuffledIndices(count, SEED), 0, 0];
  return () => {
    if (at + BATCH > count)
      [order, at, round] = [shuffledIndices(count, SEED + round + 1), 0, round + 1];
    at += BATCH;
    return order.subarray(at - BATCH, at);
  };
}

async function trainOn(
  model: tf.LayersModel,
  examples: LabelledExamples,
  indices: Int32Array,
): Promise<void> {
  const inputs = batchOf(examples, indices);
  const labels = tf.tidy(() =>
    tf.oneHot(tf.tensor1d(labelsOf(examples, indices), 'int32'), 10).toFloat(),
  );
  try {
    await model.trainOnBatch(inputs, labels);
  } finally {
    tf.dispose([inputs, labels]);
  }
}

function pointOf(
  model: tf.LayersModel,
  images: tf.Tensor,
  { labels }: LabelledExamples,
  step: number,
): RunPoint {
  const best = tf.tidy(() => (model.predict(images) as tf.Tensor).argMax(1));
  const answers = best.dataSync();
  best.dispose();
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (answers[i] === labels[i]) correct++;
  const pruned = sparsityOf(model).layers.filter(({ layer }) =>
    LAYERS.some((name) => layer.endsWith(name)),
  );
  const total = (key: 'zeros' | 'weights') => pruned.reduce((sum, each) => sum + each[key], 0);
  return { step, sparsity: total('zeros') / total('weights'), correct };
}
