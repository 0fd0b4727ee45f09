import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { nudge } from '../../fake-quantization/nudge.ts';
import { kernelView } from '../../model-graph/kernel-view.ts';
import { modelGraph } from '../../model-graph/model-graph.ts';
import { applyLayer, copyLayer, rebuildModel } from '../../model-graph/rebuild-model.ts';
import { setWeight } from '../../model-graph/replace-weights.ts';
import type { ValueRange } from '../../numerics/min-max.ts';
import { quantizeIntegers } from '../convert/quantize-graph.ts';
import { normalizeModel, toFloatGraph } from '../convert/to-float-graph.ts';
import { channelAffine, foldTarget } from '../fold-batch-norm.ts';
import type { QuantizedKernel } from '../quantize-weights.ts';
import { QuantizedModel } from '../quantized-model.ts';
import { wrappersOf } from './calibrate-ranges.ts';
import { QUANT_PREFIX, QUANTIZE_LAYER } from './quantize-model.ts';
import { QuantizeWrapper } from './quantize-wrapper.ts';

/**
 * Makes integers of a model that was trained quantized: the network that training simulated.
 *
 * Kernels become the very integers they were rounded to, activations int8 with the ranges that were learned. Batch
 * normalizations are folded: with the factor f of a channel its weights keep their integers, and their scale becomes
 * s·|f|. Given the same integers, each layer's output is within one step of what was simulated.
 *
 * @param model - from {@link quantizeModel} with 8-bit activations and every layer quantized; it is left as it is
 * @returns the network: `predict(x)`, `weightBytes`, `graph`
 * @throws ReaderError `model-not-quantized`, `activation-bits-unsupported`, `range-missing` for a layer that was not
 *   trained quantized, `layer-unsupported`, `weights-not-finite`
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: 'relu' })] });
 * model.setWeights([tf.tensor2d([[1], [-0.5]]), tf.tensor1d([0.25])]);
 * const trained = quantization.quantizeModel(model);
 * await quantization.calibrateRangesInPlace(trained, function* () {
 *   yield tf.tensor2d([[1, 0], [0, 1]]);
 * });
 * const integers = quantization.convertQuantizedModel(trained);
 * const [y] = (integers.predict(tf.tensor2d([[1, 0]])) as tf.Tensor).dataSync();
 * console.log(y!.toFixed(2)); // 1.25
 * ```
 * @see B. Jacob et al., CVPR 2018, sections 2 and 3
 */
export function convertQuantizedModel(model: tf.LayersModel): QuantizedModel {
  const wrappers = wrappersOf(model);
  for (const wrapper of wrappers) requireEightBits(wrapper);
  const ranges = rangesOf(wrappers);
  const plain = withoutWrappers(model);
  const kernels = new Map<string, QuantizedKernel>();
  for (const wrapper of wrappers) {
    if (wrapper.quantize.weights) kernels.set(plainName(wrapper.name), kernelOf(wrapper, plain));
  }
  const graph = modelGraph(plain);
  for (const node of graph.nodes) {
    const target = foldTarget(graph, node);
    if (!target) continue;
    // Once folded, the two are one operator that has the first one's name and gives what the second gave.
    const range = ranges.get(node.name);
    if (range) ranges.set(target.name, range);
    const kernel = kernels.get(target.name);
    if (kernel) kernels.set(target.name, scaled(kernel, channelAffine(node).factor));
  }
  const normalized = normalizeModel(plain);
  plain.dispose();
  try {
    const integers = quantizeIntegers(
      toFloatGraph(normalized),
      'int8',
      (name) => ranges.get(name),
      (_, tensor) => kernels.get(tensor.replace(/\/kernel$/, '')) ?? {},
      true,
    );
    return new QuantizedModel(integers);
  } finally {
    normalized.dispose();
  }
}

const plainName = (name: string): string =>
  name.startsWith(QUANT_PREFIX) ? name.slice(QUANT_PREFIX.length) : name;

/** Nudged ranges by the name that the tensor has once activations are layers of their own. */
function rangesOf(wrappers: readonly QuantizeWrapper[]): Map<string, ValueRange> {
  const ranges = new Map<string, ValueRange>();
  for (const wrapper of wrappers) {
    const name = plainName(wrapper.name);
    const { activation } = wrapper.quantize;
    const isLayer = wrapper.inner.getClassName() === 'Activation';
    const outputName = wrapper.name.startsWith(QUANTIZE_LAYER)
      ? (wrapper.input as tf.SymbolicTensor).sourceLayer.name
      : activation === 'linear' || isLayer
        ? name
        : `${name}_${activation}`;
    for (const [place, tensor] of [
      ['beforeActivation', name],
      ['output', outputName],
    ] as const) {
      const range = wrapper.rangeAt(place);
      if (!range) continue;
      const { min, max } = nudge(wrapper.name, range.min[0]!, range.max[0]!, 8, false);
      ranges.set(tensor, { min, max });
    }
  }
  return ranges;
}

/** The model as it was before {@link quantizeModel}, with kernels that hold only what integers hold. */
function withoutWrappers(model: tf.LayersModel): tf.LayersModel {
  return rebuildModel(model, ({ layer, name, className }, inputs) => {
    if (className === 'InputLayer') return undefined;
    if (!(layer instanceof QuantizeWrapper)) {
      return applyLayer(copyLayer(layer, { name: plainName(name) }), inputs, layer);
    }
    if (layer.name.startsWith(QUANTIZE_LAYER)) return inputs[0];
    const { inner, quantize } = layer;
    const hasActivation = 'activation' in inner.getConfig();
    const plain = copyLayer(inner, {
      name: plainName(name),
      ...(hasActivation && { activation: quantize.activation }),
    });
    const output = applyLayer(plain, inputs, inner);
    const kernel = tf.tidy(() => layer.roundedKernel()?.dataSync().slice());
    if (kernel) setWeight(plain, 0, kernel as Float32Array);
    return output;
  });
}

/** The integers that a kernel was rounded to, and their scales. */
function kernelOf(wrapper: QuantizeWrapper, plain: tf.LayersModel): QuantizedKernel {
  const name = plainName(wrapper.name);
  const node = modelGraph(plain).nodes.find((each) => each.name === name)!;
  const { values, channels, k } = kernelView(node)!;
  const { numBits, narrowRange, perAxis } = wrapper.quantize.weights!;
  const { min, max } = wrapper.rangeAt('weights')!;
  const each = Array.from(min, (low, i) => nudge(name, low, max[i]!, numBits, narrowRange).scale);
  const perChannel = perAxis !== null;
  // A depthwise kernel has a range for each input channel, and as many output channels for each as the multiplier.
  const scales = perChannel
    ? Float32Array.from(
        { length: channels },
        (_, c) => each[Math.floor((c * each.length) / channels)]!,
      )
    : Float32Array.from(each);
  const codes = Int8Array.from(values, (value, i) => {
    const scale = scales[perChannel ? i % channels : 0]!;
    return scale === 0 ? 0 : Math.round(value / scale);
  });
  const safe = scales.map((scale) => (scale === 0 ? 1 : scale));
  return { codes, scales: safe, groupSize: k, perChannel, qmax: 2 ** (numBits - 1) - 1 };
}

/** A kernel whose channels are multiplied by the factors of a folded normalization. */
function scaled(kernel: QuantizedKernel, factors: Float32Array): QuantizedKernel {
  const channels = factors.length;
  const { codes, scales, perChannel } = kernel;
  return {
    ...kernel,
    perChannel: true,
    codes: codes.map((code, i) => (factors[i % channels]! < 0 ? -code : code)),
    scales: factors.map((factor, c) => Math.abs(factor) * scales[perChannel ? c : 0]! || 1),
  };
}

function requireEightBits(wrapper: QuantizeWrapper): void {
  const { beforeActivation, output } = wrapper.quantize;
  for (const config of [beforeActivation, output]) {
    if (!config || (config.numBits === 8 && !config.narrowRange && config.perAxis === null))
      continue;
    throw new ReaderError({
      code: 'activation-bits-unsupported',
      explain: `The layer ${wrapper.name} was trained with ${config.numBits}-bit activations; there are kernels for 8 bits, one range a tensor.`,
      hint: 'Train with activationBits: 8; weights may have fewer.',
    });
  }
}
