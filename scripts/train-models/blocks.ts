import * as tf from '@tensorflow/tfjs';

type Conv = Parameters<typeof tf.layers.conv2d>[0];
type Depthwise = Parameters<typeof tf.layers.depthwiseConv2d>[0];

interface Norm {
  /** Number of the block in the layers' names. */
  index: number | string;
  /** Where the activation stops growing; ReLU has no such place. */
  maxValue?: number;
}

/** Convolution without bias, batch normalization, ReLU: three layers, as the three are told apart in the book. */
export function convBlock(seed: number, { index, ...norm }: Norm, conv: Conv): tf.layers.Layer[] {
  const kernelInitializer = tf.initializers.heNormal({ seed });
  const given = { padding: 'same', useBias: false, kernelInitializer, ...conv } as const;
  return [
    tf.layers.conv2d({ name: `conv_${index}`, ...given }),
    ...normAndRelu({ index, ...norm }),
  ];
}

/** The same around a depthwise convolution. */
export function depthwiseBlock(
  seed: number,
  { index, ...norm }: Norm,
  conv: Depthwise,
): tf.layers.Layer[] {
  const depthwiseInitializer = tf.initializers.heNormal({ seed });
  const given = { padding: 'same', useBias: false, depthwiseInitializer, ...conv } as const;
  return [
    tf.layers.depthwiseConv2d({ name: `depthwise_${index}`, ...given }),
    ...normAndRelu({ index, ...norm }),
  ];
}

function normAndRelu({ index, maxValue }: Norm): tf.layers.Layer[] {
  return [
    // Few steps: averages over the last hundred batches follow the weights closely enough.
    tf.layers.batchNormalization({ name: `batch_norm_${index}`, momentum: 0.99, epsilon: 1e-3 }),
    tf.layers.reLU({ name: `relu_${index}`, ...(maxValue === undefined ? {} : { maxValue }) }),
  ];
}

/** What stands above the features: their averages, ten logits, the softmax. */
export function classifier(seed: number): tf.layers.Layer[] {
  return [
    tf.layers.globalAveragePooling2d({ name: 'average', dataFormat: 'channelsLast' }),
    tf.layers.dense({
      name: 'logits',
      units: 10,
      kernelInitializer: tf.initializers.glorotNormal({ seed }),
    }),
    tf.layers.activation({ name: 'softmax', activation: 'softmax' }),
  ];
}
