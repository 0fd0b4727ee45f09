/**
 * Strikes out nine tenths of the weights.
 *
 * @fails bytes
 * @advice Zeros again. They take a byte each, and a multiplication each at every place of the picture: two of the three budgets have not moved at all. Cut channels.
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
  return sparsity.magnitudePrune(heavy, 0.9).getWeights();
}
