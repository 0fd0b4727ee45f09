import * as tf from '@tensorflow/tfjs';
import { batchOf } from './examples.ts';
import type { Part } from './plan-data.ts';
import type { Progress } from './progress.ts';

/** Batches that statistics are taken from. */
const BATCHES = 30;

const normalizations = (model: tf.LayersModel): { momentum: number }[] =>
  model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization') as unknown as {
    momentum: number;
  }[];

/** How many batches {@link refreshNormalization} runs. @internal */
export function refreshBatches(model: tf.LayersModel, part: Part, batchSize: number): number {
  if (normalizations(model).length === 0) return 0;
  return Math.min(BATCHES, Math.floor(part.indices.length / batchSize));
}

/**
 * Takes the means and variances of batch normalizations anew: they move by a hundredth a batch, and a short training
 * ends before they have caught up with pruned weights. The k-th batch counts 1/k, so that each counts the same.
 *
 * @internal
 */
export async function refreshNormalization(
  model: tf.LayersModel,
  part: Part,
  batchSize: number,
  progress: Progress,
): Promise<void> {
  const layers = normalizations(model);
  const momenta = layers.map(({ momentum }) => momentum);
  try {
    for (let k = 0; k < refreshBatches(model, part, batchSize); k++) {
      for (const layer of layers) layer.momentum = k / (k + 1);
      tf.tidy(() => {
        const indices = part.indices.subarray(k * batchSize, (k + 1) * batchSize);
        model.apply(batchOf(part.examples, indices), { training: true });
      });
      await progress.advance();
    }
  } finally {
    layers.forEach((layer, i) => (layer.momentum = momenta[i]!));
  }
}
