import * as tf from '@tensorflow/tfjs';
import { classifier, convBlock } from './blocks.ts';
import type { BookModel } from './book-model.ts';

/** Three convolutions with batch normalization, about 20,000 parameters: small enough to study folding on. */
const build = (seed: number): tf.Sequential =>
  tf.sequential({
    name: 'bn-cnn',
    layers: [
      ...convBlock(
        seed,
        { index: 1 },
        { inputShape: [28, 28, 1], filters: 16, kernelSize: 5, strides: 2 },
      ),
      ...convBlock(seed + 1, { index: 2 }, { filters: 32, kernelSize: 3, strides: 2 }),
      ...convBlock(seed + 2, { index: 3 }, { filters: 48, kernelSize: 3, padding: 'valid' }),
      ...classifier(seed + 3),
    ],
  });

export const bnCnn: BookModel = {
  name: 'bn-cnn',
  build,
  leastAccuracy: 0.985,
  settings: {
    seed: 1891,
    epochs: 6,
    batchSize: 64,
    learningRate: 4e-3,
    weightDecay: 0.01,
    maxShift: 1,
  },
};
