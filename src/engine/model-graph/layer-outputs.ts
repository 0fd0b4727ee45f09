import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/**
 * A model that shares the layers of another and gives the outputs of the layers named. Nothing is copied;
 * disposing of it would dispose of the layers.
 *
 * @throws ReaderError `layer-unknown`
 * @internal
 */
export function layerOutputs(model: tf.LayersModel, names: readonly string[]): tf.LayersModel {
  const outputs = names.map((name) => {
    const layer = model.layers.find((each) => each.name === name);
    if (layer) return layer.output as tf.SymbolicTensor;
    throw new ReaderError({
      code: 'layer-unknown',
      explain: `The model has no layer named ${name}.`,
      elaborate: `Its layers are ${model.layers.map((each) => each.name).join(', ')}.`,
    });
  });
  return tf.model({ inputs: model.inputs, outputs });
}

/** The outputs of the layers named for one batch, in the same order, always as a list. @internal */
export function predictLayers(outputs: tf.LayersModel, inputs: tf.Tensor[]): tf.Tensor[] {
  const found = outputs.predict(inputs.length === 1 ? inputs[0]! : inputs) as
    tf.Tensor | tf.Tensor[];
  return Array.isArray(found) ? found : [found];
}
