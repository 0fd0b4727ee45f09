import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/**
 * Every weight of a model must be a number.
 *
 * @throws ReaderError `weights-not-finite`, naming the layer
 * @internal
 */
export function requireFiniteWeights(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    for (const [index, tensor] of layer.getWeights().entries()) {
      const values = tensor.dataSync();
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad < 0) continue;
      throw new ReaderError({
        code: 'weights-not-finite',
        explain: `The layer ${layer.name} holds ${String(values[bad])} in ${layer.weights[index]!.originalName.split('/').at(-1)!}, at position ${bad}.`,
        hint: 'Training went astray: lower the learning rate and train again, or load the weights of an earlier epoch.',
      });
    }
  }
}
