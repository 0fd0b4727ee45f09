import type * as tf from '@tensorflow/tfjs';
import { loadModel, saveModel } from '../engine/keras/index.ts';

/** Names of the book's models, and of the files that they are written into. */
export const EXPORTED_MODELS: readonly { name: string; files: readonly string[] }[] = [
  ['lenet-5', 'original_model'],
  ['lenet-300-100', 'lenet-300-100'],
  ['bn-cnn', 'bn-cnn'],
  ['depthwise-net', 'depthwise-net'],
].map(([name, stem]) => ({ name: name!, files: [`${stem}.h5`, `${stem}.keras`] }));

/**
 * A model as a file of Keras, by the ending of its name. The file is opened again, and every weight compared bit for
 * bit, before it is given.
 *
 * @throws Error if what comes back is another model
 */
export async function exportModel(
  model: tf.LayersModel,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await saveModel(model, file);
  const again = await loadModel(bytes);
  try {
    const [wanted, found] = [weightsOf(model), weightsOf(again)];
    const same =
      wanted.length === found.length &&
      wanted.every((each, i) => Buffer.compare(each, found[i]!) === 0);
    if (!same) throw new Error(`${file} does not hold the weights that were written into it.`);
    return bytes;
  } finally {
    again.dispose();
  }
}

const weightsOf = (model: tf.LayersModel): Uint8Array[] =>
  model.getWeights().map((tensor) => new Uint8Array(Float32Array.from(tensor.dataSync()).buffer));
