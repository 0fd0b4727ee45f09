import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { magnitudePrune, obdPrune, obdSaliency } from '../../../src/engine/sparsity/index.ts';

const MODEL = 'lenet-300-100';
/** Images that the curvature and the loss are measured on. */
const IMAGES = 5000;
export const SPARSITIES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

/** What deleting a share of the weights did, with no training after. */
export interface DeletionRow {
  sparsity: number;
  /** Cross-entropy in nats over the training images, above that of the whole network. */
  magnitude: { increase: number; correct: number };
  saliency: { increase: number; predicted: number; correct: number };
}

export interface BrainDamageResults {
  model: string;
  images: number;
  loss: number;
  correct: number;
  rows: DeletionRow[];
}

/** Deletes in the order of magnitude and in that of saliency, over all kernels together. */
export async function brainDamageResults(
  train: MnistSet,
  test: MnistSet,
): Promise<BrainDamageResults> {
  const model = await loadModel(MODEL);
  const { inputs, labels } = sample(train);
  const loss = lossOf(model, inputs, labels);
  const saliencies = obdSaliency(model, inputs, labels, { loss: 'categoricalCrossentropy' });
  const all = Float64Array.from(saliencies.flatMap(({ saliency }) => [...saliency])).sort();
  const score = scorer({ test, inputs, labels, loss });
  const rows = SPARSITIES.map((sparsity): DeletionRow => {
    const deleted = Math.round(all.length * sparsity);
    const predicted = all.subarray(0, deleted).reduce((sum, each) => sum + each, 0);
    const row = {
      sparsity,
      magnitude: score(magnitudePrune(model, sparsity, { scope: 'global' })),
      saliency: {
        ...score(obdPrune(model, saliencies, sparsity, { scope: 'global' })),
        predicted,
      },
    };
    console.log(
      `${MODEL}, ${sparsity}: magnitude +${row.magnitude.increase.toFixed(4)}, ` +
        `saliency +${row.saliency.increase.toFixed(4)}, predicted +${predicted.toFixed(4)}`,
    );
    return row;
  });
  tf.dispose([inputs, labels]);
  const correct = countEqual(answersOf(model, test), test.labels);
  return { model: MODEL, images: IMAGES, loss, correct, rows };
}

/** One row by magnitude alone, which is quick to compute again. */
export async function deletionRow(
  train: MnistSet,
  test: MnistSet,
  sparsity: number,
): Promise<Pick<DeletionRow, 'magnitude'>> {
  const model = await loadModel(MODEL);
  const { inputs, labels } = sample(train);
  const score = scorer({ test, inputs, labels, loss: lossOf(model, inputs, labels) });
  return { magnitude: score(magnitudePrune(model, sparsity, { scope: 'global' })) };
}

interface Trial {
  test: MnistSet;
  inputs: tf.Tensor;
  labels: tf.Tensor;
  /** Of the whole network. */
  loss: number;
}

/** How a pruned network does; disposes of it. */
const scorer =
  ({ test, inputs, labels, loss }: Trial) =>
  (pruned: tf.LayersModel): { increase: number; correct: number } => {
    const found = {
      increase: lossOf(pruned, inputs, labels) - loss,
      correct: countEqual(answersOf(pruned, test), test.labels),
    };
    pruned.dispose();
    return found;
  };

function sample({ pixels, labels }: MnistSet): { inputs: tf.Tensor2D; labels: tf.Tensor2D } {
  const values = Float32Array.from(pixels.subarray(0, IMAGES * 784), (pixel) => pixel / 255);
  const classes = labels.subarray(0, IMAGES);
  return {
    inputs: tf.tensor2d(values, [IMAGES, 784]),
    labels: tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), 10).toFloat() as tf.Tensor2D),
  };
}

function lossOf(model: tf.LayersModel, inputs: tf.Tensor, labels: tf.Tensor): number {
  return tf.tidy(() => {
    const probabilities = model.predict(inputs, { batchSize: 1000 }) as tf.Tensor;
    const picked = tf.sum(tf.mul(probabilities, labels), 1);
    return tf.neg(tf.mean(tf.log(tf.maximum(picked, 1e-30)))).dataSync()[0]!;
  });
}
