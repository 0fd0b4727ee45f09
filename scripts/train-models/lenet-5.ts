import * as tf from '@tensorflow/tfjs';
import type { BookModel } from './book-model.ts';

/**
 * LeNet-5 in the form of Caffe's example, which Han, Mao & Dally compress in "Deep Compression" (ICLR
 * 2016): 20 and 50 filters of 5 × 5 with max pooling after each and no activation, 500 hidden units with
 * ReLU, 431,080 parameters. The softmax is a layer of its own.
 */
function build(seed: number): tf.Sequential {
  const { heNormal, glorotNormal } = tf.initializers;
  return tf.sequential({
    name: 'lenet-5',
    layers: [
      tf.layers.conv2d({
        name: 'conv_1',
        inputShape: [28, 28, 1],
        filters: 20,
        kernelSize: 5,
        kernelInitializer: glorotNormal({ seed }),
      }),
      tf.layers.maxPooling2d({ name: 'pool_1', poolSize: 2 }),
      tf.layers.conv2d({
        name: 'conv_2',
        filters: 50,
        kernelSize: 5,
        kernelInitializer: glorotNormal({ seed: seed + 1 }),
      }),
      tf.layers.maxPooling2d({ name: 'pool_2', poolSize: 2 }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({
        name: 'dense_1',
        units: 500,
        activation: 'relu',
        kernelInitializer: heNormal({ seed: seed + 2 }),
      }),
      tf.layers.dense({
        name: 'logits',
        units: 10,
        kernelInitializer: glorotNormal({ seed: seed + 3 }),
      }),
      tf.layers.activation({ name: 'softmax', activation: 'softmax' }),
    ],
  });
}

/** The client's heavy model. */
export const lenet5: BookModel = {
  name: 'lenet-5',
  build,
  leastAccuracy: 0.99,
  settings: {
    seed: 1887,
    epochs: 5,
    batchSize: 64,
    learningRate: 1e-3,
    weightDecay: 0.05,
    maxShift: 1,
  },
};
