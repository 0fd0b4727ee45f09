import type * as TensorFlow from '@tensorflow/tfjs';

/**
 * LeNet-300-100: 784 pixels → 300 → 100 → 10, fully connected, 266,610 parameters, the size of the
 * network of that name in Han, Mao & Dally, "Deep Compression" (ICLR 2016), Table 1. ReLU is our choice.
 * The softmax stands as a layer of its own, so that `logits` holds what its name says.
 */
export function buildLenet300100(tf: typeof TensorFlow, seed: number): TensorFlow.Sequential {
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
