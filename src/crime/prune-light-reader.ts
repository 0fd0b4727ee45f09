import type * as tf from '@tensorflow/tfjs';
import { setKernel } from '../engine/model-graph/replace-weights.ts';
import { maskByMagnitude } from '../engine/sparsity/magnitude-mask.ts';
import { magnitudePrune } from '../engine/sparsity/magnitude-prune.ts';
import { createRng } from '../shared/rng.ts';
import type { Deed } from './sabotages.ts';

/** The share of the weights of full and pointwise convolutions that the training-room strikes out. */
const STRUCK_OUT = 0.2;
const PRUNED = ['conv_1', 'conv_2_pointwise', 'conv_3_pointwise', 'conv_4_pointwise'];

/**
 * The light reader as it left the training-room: the smallest weights of each pruned kernel at zero. Where the deed is a
 * stale mask, that layer's mask is of its weights before any training, and was never refreshed.
 *
 * @returns a new model, the caller's to dispose of
 */
export function pruneLightReader(reader: tf.LayersModel, deed?: Deed): tf.LayersModel {
  const pruned = magnitudePrune(
    reader,
    Object.fromEntries(PRUNED.map((layer) => [layer, STRUCK_OUT])),
  );
  if (deed?.sabotage === 'stale-mask') strikeOutUntrained(reader, pruned, deed.layer!, deed.seed);
  return pruned;
}

function strikeOutUntrained(
  reader: tf.LayersModel,
  pruned: tf.LayersModel,
  layer: string,
  seed: number,
): void {
  const kernel = reader.getLayer(layer).getWeights()[0]!;
  const values = kernel.dataSync() as Float32Array;
  const { mask } = maskByMagnitude(
    createRng(seed).normals(values.length),
    kernel.shape,
    STRUCK_OUT,
    {
      blockSize: [1, 1],
      blockPoolingType: 'AVG',
    },
  );
  setKernel(
    pruned.getLayer(layer),
    values.map((value, i) => value * mask[i]!),
  );
}
