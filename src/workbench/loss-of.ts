import * as tf from '@tensorflow/tfjs';

type Loss = (labels: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/**
 * The loss that goes with a classifier's last layer, for one-hot labels: cross-entropy of probabilities after a
 * softmax, of each class by itself after a sigmoid, of logits otherwise.
 */
export function lossOf(model: tf.LayersModel): string | Loss {
  const last = model.outputs[0]!.sourceLayer;
  const activation = last.getConfig()['activation'];
  if (last.getClassName() === 'Softmax' || activation === 'softmax') {
    return 'categoricalCrossentropy';
  }
  if (activation === 'sigmoid') return 'binaryCrossentropy';
  return (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits);
}
