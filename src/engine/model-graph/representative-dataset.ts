import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/** One batch for a model: a tensor, or one tensor for each of the model's inputs. */
export type Sample = tf.Tensor | tf.Tensor[];

/**
 * Gives batches that stand for what the model will meet, as `representative_dataset` of tf.lite does. Called
 * anew for every pass over the data. Who makes the tensors disposes of nothing: each is disposed of after use.
 */
export type RepresentativeDataset = () => Iterable<Sample> | AsyncIterable<Sample>;

/**
 * Goes once through a representative dataset, checking each batch before it is used and disposing of it after.
 *
 * @throws ReaderError `dataset-not-a-function`, `dataset-empty`, `sample-not-a-tensor`, `sample-wrong-shape`,
 *   `sample-not-finite`, each naming the batch and the input
 * @internal
 */
export async function* readSamples(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
): AsyncGenerator<tf.Tensor[]> {
  if (typeof dataset !== 'function') {
    throw new ReaderError({
      code: 'dataset-not-a-function',
      explain: 'representativeDataset must be a function that gives batches of tensors.',
      hint: 'Write it as function* () { yield tf.tensor(…); }.',
    });
  }
  let count = 0;
  for await (const sample of dataset()) {
    const tensors = Array.isArray(sample) ? sample : [sample];
    try {
      await requireSample(model, tensors, count);
      yield tensors;
    } finally {
      tf.dispose(tensors);
    }
    count += 1;
  }
  if (count === 0) {
    throw new ReaderError({
      code: 'dataset-empty',
      explain: 'representativeDataset gave no batch: without data no range can be found.',
      hint: 'Yield some hundred inputs that are like those the model will meet.',
    });
  }
}

async function requireSample(
  model: tf.LayersModel,
  tensors: tf.Tensor[],
  count: number,
): Promise<void> {
  if (
    tensors.length !== model.inputs.length ||
    !tensors.every((each) => each instanceof tf.Tensor)
  ) {
    throw new ReaderError({
      code: 'sample-not-a-tensor',
      explain: `Batch ${count} of representativeDataset must hold ${model.inputs.length === 1 ? 'one tensor' : `${model.inputs.length} tensors`}, one for each input of the model.`,
      hint: 'Yield a tensor, or an array of tensors in the order of model.inputs.',
    });
  }
  for (const [index, tensor] of tensors.entries()) {
    const input = model.inputs[index]!;
    const wanted = input.shape;
    const fits =
      tensor.rank === wanted.length &&
      tensor.shape[0]! > 0 &&
      tensor.shape.every(
        (size, axis) => axis === 0 || wanted[axis] === null || wanted[axis] === size,
      );
    if (!fits) {
      throw new ReaderError({
        code: 'sample-wrong-shape',
        explain: `Batch ${count} of representativeDataset has the shape [${tensor.shape.join(', ')}]; the input ${input.name} takes [${wanted.map((size) => size ?? 'batch').join(', ')}].`,
        hint: 'Reshape the batch; its first dimension counts the examples.',
      });
    }
    const values = await tensor.data();
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new ReaderError({
        code: 'sample-not-finite',
        explain: `Batch ${count} of representativeDataset holds ${String(values[bad])} at position ${bad}.`,
        hint: 'Look at where the data came from: a division by zero or a missing value leaves NaN.',
      });
    }
  }
}
