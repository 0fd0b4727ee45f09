import type * as tf from '@tensorflow/tfjs';
import { buildModel } from './build-model.ts';
import { readModelConfig } from './config/read-model.ts';
import { openKerasFile } from './open-keras-file.ts';
import { readSource, type ModelSource } from './read-source.ts';

/**
 * Opens a model that Keras saved, with its weights: `.h5` and `.hdf5` of Keras 2 and 3, `.keras` of Keras 3.
 *
 * Sequential and functional models are read, models in models too, made of the layers that TensorFlow.js has, of
 * Subtract, and of this engine's own layers for training quantized, pruned or clustered. A file is not trusted: nothing
 * in it is run or looked up by name, whatever it says of sizes is checked against what it holds, and a model is given
 * whole or not at all. Weights become float32. The model is not compiled; what the file says of its training is left.
 *
 * @param source - the bytes of the file, a Blob, or an address; up to 1 GB
 * @returns the model, in inference as in Keras
 * @throws ReaderError `keras-not-a-model-file`, `keras-weights-only`, `keras-layer-unsupported`, `keras-weight-shape`
 *   and others of `keras-`, `hdf5-` and `zip-`, each of which names what is wrong
 * @example
 * ```ts
 * import { loadModel, saveModel, tf } from 'heavy-weights';
 *
 * const dense = tf.layers.dense({ units: 2, inputShape: [3], name: 'scores' });
 * const bytes = await saveModel(tf.sequential({ layers: [dense] }), 'scores.h5');
 * const model = await loadModel(bytes);
 * console.log(model.layers[0]!.name, model.outputs[0]!.shape.join()); // scores ,2
 * ```
 * @see `load_model`, keras/src/saving/saving_api.py; HDF5 File Format Specification, version 3.0
 */
export async function loadModel(source: ModelSource): Promise<tf.LayersModel> {
  const { config, weights } = openKerasFile(await readSource(source));
  return buildModel(readModelConfig(config), weights);
}
