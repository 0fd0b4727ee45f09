import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { readSamples, type RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { describe } from '../numerics/arguments.ts';
import { channelPairs, inputMagnitudes, moveFactors } from './channel-pairs.ts';
import { normalizeModel } from './convert/to-float-graph.ts';
import { inputReader } from './layer-blocks.ts';

/** How far the difficulty moves from activations into weights. */
export interface SmoothQuantOptions {
  /** 0 … 1: at 0 weights become equal, at 1 activations; 0.5 unless told. */
  alpha?: number;
}

/**
 * Moves what makes activations hard to quantize into the weights that read them: channels with outliers are made
 * smaller, and the weights that read them larger.
 *
 * For the inputs X of a layer with the weights W, per input channel j: sⱼ = max|Xⱼ|^α / max|Wⱼ|^(1−α); X is divided
 * by s where it is made, in the layer before, and W is multiplied by it. Only layers that read another layer with
 * weights, through ReLU, pooling, padding, Dropout and Flatten, can be smoothed; batch normalizations are folded
 * first, and activations become layers of their own.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param dataset - some hundred inputs like those the model will meet
 * @param options - `alpha` 0 … 1 (0.5 unless told)
 * @returns a new model of the same function
 * @throws ReaderError `alpha-out-of-range`, `weights-not-finite`, and those of models and datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 2, inputShape: [1], activation: 'relu', useBias: false, name: 'a' }),
 *     tf.layers.dense({ units: 1, useBias: false, name: 'b' }),
 *   ],
 * });
 * model.setWeights([tf.tensor2d([[100, 1]]), tf.tensor2d([[1], [1]])]);
 * const smooth = await quantization.smoothQuant(model, function* () {
 *   yield tf.tensor2d([[0.5], [1]]);
 * });
 * console.log(Array.from(smooth.getLayer('a').getWeights()[0]!.dataSync()).join(' ')); // 10 1
 * ```
 * @see G. Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models",
 *   ICML 2023, equation 4
 */
export async function smoothQuant(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
  { alpha = 0.5 }: SmoothQuantOptions = {},
): Promise<tf.LayersModel> {
  if (typeof alpha !== 'number' || !(alpha >= 0 && alpha <= 1)) {
    throw new ReaderError({
      code: 'alpha-out-of-range',
      explain: `alpha must be a number from 0 to 1; it is ${describe(alpha)}.`,
    });
  }
  const smoothed = normalizeModel(model);
  const names = channelPairs(modelGraph(smoothed)).map(({ second }) => second.name);
  const magnitudes = await activationMagnitudes(smoothed, names, dataset);
  for (const [at, name] of names.entries()) {
    const pair = channelPairs(modelGraph(smoothed))[at]!;
    const weights = inputMagnitudes(pair.second, pair.channels);
    const activations = magnitudes.get(name)!;
    const factors = weights.map((w, c) => {
      const x = activations[c % activations.length]!;
      return x > 0 && w > 0 ? x ** alpha / w ** (1 - alpha) : 1;
    });
    moveFactors(pair, factors);
  }
  return smoothed;
}

/** max|x| of each channel that the layers named read. Smoothing one layer leaves what others read as it is. */
async function activationMagnitudes(
  model: tf.LayersModel,
  names: readonly string[],
  dataset: RepresentativeDataset,
): Promise<Map<string, Float32Array>> {
  const pairs = new Map(channelPairs(modelGraph(model)).map((pair) => [pair.second.name, pair]));
  const readers = names.map((name) => inputReader(model, { layer: model.getLayer(name) }));
  const found = new Map(names.map((name) => [name, new Float32Array(pairs.get(name)!.channels)]));
  for await (const sample of readSamples(model, dataset)) {
    for (const [i, name] of names.entries()) {
      const { channels } = pairs.get(name)!;
      const seen = tf.tidy(() =>
        tf.max(tf.abs(readers[i]!(sample)).reshape([-1, channels]), 0).dataSync(),
      );
      const largest = found.get(name)!;
      seen.forEach((value, c) => (largest[c] = Math.max(largest[c]!, value)));
    }
  }
  return found;
}
