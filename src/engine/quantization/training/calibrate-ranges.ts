import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import {
  readSamples,
  type RepresentativeDataset,
} from '../../model-graph/representative-dataset.ts';
import { QuantizeWrapper } from './quantize-wrapper.ts';

/**
 * Sets the ranges of activations in a model that trains quantized to what they are on data, instead of ±6: the moving
 * average then starts where it would end.
 *
 * min and max over the dataset of each output that is rounded, with nothing rounded meanwhile. The model is changed in
 * place.
 *
 * @param model - from {@link quantizeModel} or {@link quantizeApply}
 * @param dataset - some hundred inputs like those the model will meet
 * @returns when done
 * @throws ReaderError `model-not-quantized`, and those of datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * model.setWeights([tf.tensor2d([[1], [1]]), tf.tensor1d([0])]);
 * const quantized = quantization.quantizeModel(model);
 * await quantization.calibrateRangesInPlace(quantized, function* () {
 *   yield tf.tensor2d([[1, 2], [-1, 0.5]]);
 * });
 * const largest = quantized.weights.at(-1)!;
 * console.log(largest.read().dataSync()[0]); // 3
 * ```
 * @see R. Krishnamoorthi, arXiv:1806.08342, section 4
 */
export async function calibrateRangesInPlace(
  model: tf.LayersModel,
  dataset: RepresentativeDataset,
): Promise<void> {
  const wrappers = wrappersOf(model);
  for (const wrapper of wrappers) wrapper.observers = new Map();
  try {
    for await (const sample of readSamples(model, dataset)) {
      const outputs = model.predict(sample.length === 1 ? sample[0]! : sample);
      for (const tensor of [outputs].flat()) tensor.dispose();
    }
    for (const wrapper of wrappers) {
      for (const place of wrapper.activationPlaces()) {
        const observed = wrapper.observers?.get(place);
        if (observed) wrapper.setRangeAt(place, observed.range());
      }
    }
  } finally {
    for (const wrapper of wrappers) wrapper.observers = undefined;
  }
}

/** The layers of a model that round. @internal */
export function wrappersOf(model: tf.LayersModel): QuantizeWrapper[] {
  const layers = Array.isArray(model?.layers) ? model.layers : [];
  const wrappers = layers.filter((layer) => layer instanceof QuantizeWrapper);
  if (wrappers.length > 0) return wrappers;
  throw new ReaderError({
    code: 'model-not-quantized',
    explain: 'No layer of the model is trained quantized.',
    hint: 'Make such a model with quantizeModel first.',
  });
}
