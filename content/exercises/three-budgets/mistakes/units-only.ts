/**
 * Cuts dense_1 alone.
 *
 * @fails macs
 * @advice You cut where the bytes are. The multiplications are elsewhere: seven tenths of them are in conv_2, whose weights are used at 64 places each. Send home some filters as well.
 */
import { sparsity, type tf } from 'heavy-weights';
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

/**
 * A smaller form of the heavy model.
 *
 * @param _budgets what it must meet
 * @param _lessons training images
 * @returns its weights
 */
export async function shrink(_budgets: Budgets, _lessons: Lessons): Promise<tf.Tensor[]> {
  const heavy = await openModel('lenet-5');
  const { model } = sparsity.pruneChannels(heavy, { sparsity: { dense_1: 0.75 } });
  return model.getWeights();
}
