import * as tf from '@tensorflow/tfjs';

/**
 * The first of two tensors less the second: a layer that Keras has and TensorFlow.js has not.
 *
 * @see `Subtract`, keras/src/layers/merging/subtract.py
 * @internal
 */
export class Subtract extends tf.layers.Layer {
  static className = 'Subtract';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [a, b] = inputShape as tf.Shape[];
    if (!Array.isArray(a) || !Array.isArray(b) || (inputShape as tf.Shape[]).length !== 2) {
      throw new Error('Subtract takes two tensors.');
    }
    if (a.length !== b.length || a.some((size, i) => !fits(size, b[i]!))) {
      throw new Error(`Subtract takes tensors of one shape; [${a.join()}] and [${b.join()}] came.`);
    }
    return a.map((size, i) => (size === 1 ? b[i]! : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as tf.Tensor[];
    return tf.sub(a!, b!);
  }
}

/** Sizes not known fit all; 1 is stretched. */
function fits(a: number | null, b: number | null): boolean {
  return a === null || b === null || a === b || a === 1 || b === 1;
}

tf.serialization.registerClass(Subtract as never);
