import * as tf from '@tensorflow/tfjs';

/** Gives a layer new values for its first weight, the kernel; its others stay. @internal */
export function setKernel(layer: tf.layers.Layer, values: Float32Array): void {
  setWeight(layer, 0, values);
}

/** Gives a layer new values for one of its weights. @internal */
export function setWeight(layer: tf.layers.Layer, index: number, values: Float32Array): void {
  tf.tidy(() => {
    const weights = layer.getWeights();
    weights[index] = tf.tensor(values, weights[index]!.shape);
    layer.setWeights(weights);
  });
}
