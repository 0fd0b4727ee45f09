import * as tf from '@tensorflow/tfjs';
import type { MnistSet } from '../../../src/build/mnist.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { imageBatch, representativeData } from './images.ts';

export const QAT_STEPS = 400;
export const QAT_BATCH = 64;
const LEARNING_RATE = 5e-4;
const SEED = 1889;

/**
 * Trains a model quantized for a short time from its float weights: Adam under a cosine schedule, ranges from
 * calibration at the start. Seeded, so that the same weights come out again.
 */
export async function trainQuantized(
  name: string,
  model: tf.LayersModel,
  train: MnistSet,
  weightBits: number,
): Promise<tf.LayersModel> {
  const quantized = quantization.quantizeModel(model, { weightBits });
  await quantization.calibrateRangesInPlace(quantized, representativeData(train));
  const optimizer = tf.train.adam(LEARNING_RATE);
  quantized.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const rng = createRng(SEED);
  const batches = rng.shuffle(
    Array.from({ length: Math.floor(train.count / QAT_BATCH) }, (_, index) => index),
  );
  for (let step = 0; step < QAT_STEPS; step++) {
    const rate = (LEARNING_RATE * (1 + Math.cos((Math.PI * step) / QAT_STEPS))) / 2;
    (optimizer as unknown as { learningRate: number }).learningRate = rate;
    const start = batches[step]! * QAT_BATCH;
    const images = imageBatch(train, start, QAT_BATCH);
    const answers = tf.tidy(() =>
      tf.oneHot(tf.tensor1d(train.labels.subarray(start, start + QAT_BATCH), 'int32'), 10),
    );
    const loss = await quantized.trainOnBatch(images, answers);
    tf.dispose([images, answers]);
    if (step % 100 === 99)
      console.log(`  ${name}, ${weightBits} bits: step ${step + 1}, loss ${String(loss)}`);
  }
  return quantized;
}
