import * as tf from '@tensorflow/tfjs';
import type { Variable } from './wrapping-layer.ts';

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

/** Gives a layer new values for all its weights, exactly: `setWeights` puts constraints on them again. @internal */
export function assignWeights(layer: tf.layers.Layer, values: readonly tf.Tensor[]): void {
  layer.weights.forEach((variable, index) => assignVariable(variable, values[index]!));
}

/** Gives a variable a new value past its constraint; TensorFlow does not apply it to assignments either. @internal */
export function assignVariable(variable: Variable, value: tf.Tensor): void {
  (variable.read() as tf.Variable).assign(value);
}
