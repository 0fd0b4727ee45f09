import * as tf from '@tensorflow/tfjs';
import type { BookModel } from './book-model.ts';

/**
 * LeNet-300-100: 784 pixels → 300 → 100 → 10, fully connected, 266,610 parameters, the size of the
 * network of that name in Han, Mao & Dally, "Deep Compression" (ICLR 2016), Table 1. ReLU is our choice.
 * The softmax stands as a layer of its own, so that `logits` holds what its name says.
 */
function build(seed: number): tf.Sequential {
  const { heNormal, glorotNormal } = tf.initializers;
  return tf.sequential({
    name: 'lenet-300-100',
    layers: [
      tf.layers.dense({
        name: 'dense_1',
        inputShape: [784],
        units: 300,
        activation: 'relu',
        kernelInitializer: heNormal({ seed }),
      }),
      tf.layers.dense({
        name: 'dense_2',
        units: 100,
        activation: 'relu',
        kernelInitializer: heNormal({ seed: seed + 1 }),
      }),
      tf.layers.dense({
        name: 'logits',
        units: 10,
        kernelInitializer: glorotNormal({ seed: seed + 2 }),
      }),
      tf.layers.activation({ name: 'softmax', activation: 'softmax' }),
    ],
  });
}

/** The firm's earlier model, of chapter 1. */
export const lenet300100: BookModel = {
  name: 'lenet-300-100',
  build,
  leastAccuracy: 0.98,
  settings: {
    seed: 1895,
    epochs: 20,
    batchSize: 128,
    learningRate: 1e-3,
    weightDecay: 0.1,
    maxShift: 1,
  },
};
