import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { describe } from '../numerics/arguments.ts';
import type { KerasFormat } from './config/layer-parts.ts';
import { writeModelConfig } from './config/write-model.ts';
import { newGroup, writeHdf5 } from './hdf5/write-hdf5.ts';
import { namedTree, numberedTree } from './weights/weight-tree.ts';
import { writeZip } from './zip/write-zip.ts';

/** The versions whose files these are. */
const KERAS_2 = '2.15.0';
const KERAS_3 = '3.8.0';

/**
 * Writes a model into a file that Keras opens: `.h5` as Keras 2 keeps it, `.keras` as Keras 3 does.
 *
 * The file holds the layers with their settings, and the weights as float32, uncompressed; {@link loadModel} gives the
 * same model again, bit for bit. How the model was compiled is not in it. Layers for training quantized, pruned or
 * clustered are saved as layers of this book, which Keras does not know: strip or convert the model first if Keras is
 * to open it.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param name - the name the file is to have; its ending, `.h5`, `.hdf5` or `.keras`, says in which format
 * @returns the bytes of the file
 * @throws ReaderError `keras-name-unknown`, `keras-layer-unsupported`, `keras-part-unsupported`, and those of models
 *   that are not built
 * @example
 * ```ts
 * import { loadModel, saveModel, tf } from 'heavy-weights';
 *
 * const dense = tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones', name: 'sum' });
 * const bytes = await saveModel(tf.sequential({ layers: [dense] }), 'sum.keras');
 * const model = await loadModel(bytes);
 * const answer = model.predict(tf.tensor2d([[2, 3]])) as tf.Tensor;
 * console.log(answer.dataSync()[0]); // 5
 * ```
 * @see `save_model`, keras/src/saving/saving_lib.py; `save_model_to_hdf5`, keras/src/legacy/saving/legacy_h5_format.py
 */
export async function saveModel(
  model: tf.LayersModel,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const format = formatOf(name);
  requireBuiltModel(model);
  return format === 'keras2' ? toH5(model) : toKeras(model);
}

function formatOf(name: string): KerasFormat {
  if (typeof name === 'string' && /\.(?:h5|hdf5)$/i.test(name)) return 'keras2';
  if (typeof name === 'string' && /\.keras$/i.test(name)) return 'keras3';
  throw new ReaderError({
    code: 'keras-name-unknown',
    explain: `name must end in .h5, .hdf5 or .keras, which says what to write; it is ${describe(name)}.`,
    hint: "For example saveModel(model, 'model.keras').",
  });
}

function toH5(model: tf.LayersModel): Uint8Array<ArrayBuffer> {
  const root = newGroup();
  root.attributes.set('backend', 'tensorflow');
  root.attributes.set('keras_version', KERAS_2);
  root.attributes.set('model_config', JSON.stringify(writeModelConfig(model, 'keras2')));
  const weights = namedTree(model);
  weights.attributes.set('backend', 'tensorflow');
  weights.attributes.set('keras_version', KERAS_2);
  root.children.set('model_weights', weights);
  return writeHdf5(root);
}

function toKeras(model: tf.LayersModel): Uint8Array<ArrayBuffer> {
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return writeZip(
    new Map([
      // No real date: the same model gives the same bytes.
      ['metadata.json', encode({ keras_version: KERAS_3, date_saved: '1980-01-01@00:00:00' })],
      ['config.json', encode(writeModelConfig(model, 'keras3'))],
      ['model.weights.h5', writeHdf5(numberedTree(model))],
    ]),
  );
}
