import * as tf from '@tensorflow/tfjs';
import { classifier, convBlock, depthwiseBlock } from './blocks.ts';
import type { BookModel } from './book-model.ts';

const RELU6 = 6;

/**
 * A small network in the manner of MobileNet (Howard et al. 2017): a convolution, then pairs of a depthwise
 * and a pointwise one, each with batch normalization and ReLU6. Depthwise kernels know no weight decay, and
 * their channels' ranges spread as they will: what makes one scale for all of them a poor choice.
 */
const build = (seed: number): tf.Sequential =>
  tf.sequential({
    name: 'depthwise-net',
    layers: [
      ...convBlock(
        seed,
        { index: 1, maxValue: RELU6 },
        { inputShape: [28, 28, 1], filters: 16, kernelSize: 3, strides: 2 },
      ),
      ...separable(seed + 1, 2, 32, 1),
      ...separable(seed + 3, 3, 64, 2),
      ...separable(seed + 5, 4, 96, 1),
      ...classifier(seed + 7),
    ],
  });

function separable(
  seed: number,
  index: number,
  filters: number,
  strides: number,
): tf.layers.Layer[] {
  return [
    ...depthwiseBlock(seed, { index, maxValue: RELU6 }, { kernelSize: 3, strides }),
    ...convBlock(
      seed + 1,
      { index: `${index}_pointwise`, maxValue: RELU6 },
      { filters, kernelSize: 1 },
    ),
  ];
}

export const depthwiseNet: BookModel = {
  name: 'depthwise-net',
  build,
  leastAccuracy: 0.985,
  settings: {
    seed: 1893,
    epochs: 6,
    batchSize: 64,
    learningRate: 4e-3,
    weightDecay: 0.01,
    maxShift: 1,
  },
};
