import type * as tf from '@tensorflow/tfjs';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { kernelViews, requireKnown } from '../model-graph/kernel-view.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { setKernel } from '../model-graph/replace-weights.ts';
import {
  dequantizeKernel,
  quantizeKernel,
  readWeightQuantization,
  type WeightQuantization,
} from './quantize-weights.ts';

/** Weights of all layers alike, or of some otherwise. */
export interface FakeQuantizeWeightsOptions extends WeightQuantization {
  /** Bits for single layers, by name; 32 leaves a layer in float. */
  bits?: Readonly<Record<string, number>>;
}

/**
 * Gives a model whose kernels hold only what integers can hold: each weight is rounded to the nearest and turned
 * back. Biases and everything else stay in float, so the loss in accuracy is that of the weights alone.
 *
 * ŵ = s·clamp(round(w/s), −q, q) with q = 2^(b−1) − 1 and s = max|w|/q over the kernel, over each output
 * channel, or over each group of `groupSize` inputs of a channel (the largest divisor not above it, where it does
 * not divide their number). Kernels of Conv1D, Conv2D, DepthwiseConv2D and Dense.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param options - `numBits` 2 … 8 (8 unless told), `granularity` ('per-channel' unless told), `bits` for
 *   single layers by name
 * @returns a new model of the same layers and names
 * @throws ReaderError `weights-not-finite`, `layer-unknown`, `granularity-unknown`, `not-an-integer-in-range`, and
 *   those of models that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3], name: 'a' })] });
 * model.setWeights([tf.tensor2d([[0.7], [-0.33], [0.06]]), tf.tensor1d([0.5])]);
 * const rounded = quantization.fakeQuantizeWeights(model, { numBits: 4 });
 * const [kernel] = rounded.getWeights();
 * console.log(Array.from(kernel!.dataSync(), (w) => w.toFixed(1)).join(' ')); // 0.7 -0.3 0.1
 * ```
 * @see R. Krishnamoorthi, arXiv:1806.08342, section 3.1
 */
export function fakeQuantizeWeights(
  model: tf.LayersModel,
  { bits = {}, ...options }: FakeQuantizeWeightsOptions = {},
): tf.LayersModel {
  const common = readWeightQuantization(options);
  const views = kernelViews(model);
  requireFiniteWeights(model);
  requireKnown(Object.keys(bits), views);
  const copy = rebuildModel(model);
  for (const { name, values, k, channels } of views) {
    const numBits = bits[name] ?? common.numBits;
    if (numBits === 32) continue;
    const kernel = quantizeKernel(
      values,
      k,
      channels,
      readWeightQuantization({ ...common, numBits }),
    );
    setKernel(copy.getLayer(name), dequantizeKernel(kernel, channels));
  }
  return copy;
}
