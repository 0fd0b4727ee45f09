import type * as tf from '@tensorflow/tfjs';
import { requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import { buildModel } from './build-model.ts';
import { readCompressed } from './compressed-file.ts';

/** Options of {@link decodeModel}. */
export interface DecodeModelOptions {
  /** The most weights to make room for: 2^25, which is 128 MiB, unless told. */
  maxWeights?: number;
}

/**
 * Gives back the model that {@link encodeModel} wrote, its weights bit for bit.
 *
 * The checksum is compared before anything is decoded. A file from elsewhere can have a checksum that is right: so no
 * part is taken on trust. Only layers of TensorFlow.js are made, no code of the file runs, and no memory is taken that
 * its bytes do not account for, 2,048 weights a byte at most.
 *
 * @param bytes - the file, all of it
 * @param options - `maxWeights`
 * @returns a functional model, not compiled; layers have the names they had
 * @throws ReaderError `compressed-not-ours`, `compressed-truncated`, `compressed-trailing-bytes`, `compressed-checksum`,
 *   `compressed-version`, `compressed-invalid`, `compressed-topology`, `compressed-too-large`, `not-bytes`,
 *   `not-an-integer-in-range`, `option-unknown`
 * @example
 * ```ts
 * import { compression, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'answer' })] });
 * const bytes = compression.encodeModel(model);
 * console.log(compression.decodeModel(bytes).getLayer('answer').countParams()); // 8
 * bytes[20]! ^= 1;
 * try {
 *   compression.decodeModel(bytes);
 * } catch (error) {
 *   console.log((error as { code: string }).code); // compressed-checksum
 * }
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016
 */
export function decodeModel(bytes: Uint8Array, options: DecodeModelOptions = {}): tf.LayersModel {
  const { topology, weights } = readCompressed(bytes, mostWeights('decodeModel', options));
  return buildModel(topology, weights);
}

/** How many weights there may be. @internal */
export function mostWeights(caller: string, options: DecodeModelOptions): number {
  requireKnownOptions(caller, options, ['maxWeights'], '{ maxWeights: 2 ** 28 }');
  const { maxWeights = 2 ** 25 } = options;
  requireInteger('maxWeights', maxWeights, 1, 2 ** 31 - 1);
  return maxWeights;
}
