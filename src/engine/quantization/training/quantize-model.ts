import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { requireFiniteWeights } from '../../model-graph/finite-weights.ts';
import { modelGraph, type LayerNode } from '../../model-graph/model-graph.ts';
import { applyLayer, copyLayer, rebuildModel } from '../../model-graph/rebuild-model.ts';
import { requireQuantizeConfig, wrapperConfig, type QuantizeConfig } from './default-scheme.ts';
import { QuantizeWrapper, type WrapperConfig } from './quantize-wrapper.ts';
import { AllValuesQuantizer } from './quantizers.ts';

/** Before the names of layers that are trained quantized. */
export const QUANT_PREFIX = 'quant_';
/** Name of the layer that rounds an input. */
export const QUANTIZE_LAYER = 'quantize_layer';

/** Annotations are kept beside the layers: a layer itself is not changed. */
const annotations = new WeakMap<tf.layers.Layer, QuantizeConfig>();

/**
 * Makes a model that trains as if it computed in integers: quantization-aware training.
 *
 * Kernels are rounded on the way forward (symmetric, narrow range; Conv2D per output channel, DepthwiseConv2D per
 * input channel, Dense with one scale), and what comes out of layers too (asymmetric; a moving average of the range
 * with decay 0.999 that starts at ±6). Gradients pass through as if nothing were rounded. The input is rounded to the
 * range of all it has held. Between a Conv2D, DepthwiseConv2D or Dense layer, a BatchNormalization and a ReLU, which
 * become one operator, only the last output is rounded. Softmax, sigmoid and tanh are rounded before, not after.
 * Flatten, Reshape, MaxPooling2D, Dropout and ZeroPadding2D round nothing.
 *
 * `preserveSparsity` keeps zeros of kernels zero, as training by itself does not (PQAT). `preserveClusters` keeps the
 * number of different values of each clustered kernel, in float and in integers (CQAT): centroids train, and weights
 * behind them, as in `clustering.clusterWeights`. A kernel of Conv2D whose filters share values then has one scale, so
 * that each value becomes one integer; where each filter has values of its own it keeps a scale for each. Both together
 * keep both (PCQAT). Layers without zeros or clusters train as without the option, and a warning says when that is so
 * of all; DepthwiseConv2D is never taken as clustered. A normalization with a negative factor turns the signs of its
 * channel's integers when it is folded, and values can then occur with either sign.
 *
 * Train the model with `compile` and `fit`, or in a loop of your own with `apply(x, { training: true })`; it saves and
 * loads like any other. {@link calibrateRangesInPlace} lets short training start from measured ranges, and
 * {@link convertQuantizedModel} makes integers of it.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param config - `weightBits` 2 … 8 and `activationBits` 2 … 16 (8 unless told), `weightQuantizer`, `outputQuantizer`,
 *   `preserveSparsity`, `preserveClusters` (false unless told), `onWarning`
 * @returns a new model; names of layers get the prefix `quant_`
 * @throws ReaderError `layer-unsupported`, `model-quantized-already`, `weights-not-finite`, `clusters-need-one-scale`,
 *   `not-an-integer-in-range`, `option-unknown`, `option-not-boolean`, and those of models that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [2], activation: 'relu', name: 'hidden' }),
 *     tf.layers.dense({ units: 1, name: 'answer' }),
 *   ],
 * });
 * const quantized = quantization.quantizeModel(model, { weightBits: 4 });
 * quantized.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * await quantized.fit(tf.ones([8, 2]), tf.ones([8, 1]), { epochs: 1, verbose: 0 });
 * console.log(quantized.layers.at(-1)!.name); // quant_answer
 * ```
 * @see `quantize_model`, tensorflow_model_optimization/python/core/quantization/keras/quantize.py; for what is preserved
 *   collaborative_optimizations/ beside it; B. Jacob et al., CVPR 2018, section 3
 */
export function quantizeModel(model: tf.LayersModel, config: QuantizeConfig = {}): tf.LayersModel {
  requireQuantizeConfig(config);
  return wrapLayers(model, () => config);
}

/**
 * Marks a layer to be trained quantized by {@link quantizeApply}, with a configuration of its own. The layer is not
 * changed; the mark is not saved with it.
 *
 * @param layer - a layer, in a model or not yet in one
 * @param config - as of {@link quantizeModel}; the default scheme unless told
 * @returns the layer itself
 * @throws ReaderError `not-a-layer`, `not-an-integer-in-range`, `option-unknown`, `option-not-boolean`
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     quantization.quantizeAnnotateLayer(tf.layers.dense({ units: 4, inputShape: [2], name: 'a' })),
 *     tf.layers.dense({ units: 1, name: 'b' }),
 *   ],
 * });
 * const quantized = quantization.quantizeApply(model);
 * console.log(quantized.layers.map((layer) => layer.name).slice(2).join(', ')); // quant_a, b
 * ```
 * @see `quantize_annotate_layer`, tensorflow_model_optimization/python/core/quantization/keras/quantize.py
 */
export function quantizeAnnotateLayer<T extends tf.layers.Layer>(
  layer: T,
  config: QuantizeConfig = {},
): T {
  if (!(layer instanceof tf.layers.Layer)) {
    throw new ReaderError({
      code: 'not-a-layer',
      explain: 'quantizeAnnotateLayer takes a layer of TensorFlow.js.',
      hint: 'For a whole model there is quantizeAnnotateModel.',
    });
  }
  requireQuantizeConfig(config);
  annotations.set(layer, config);
  return layer;
}

/**
 * Marks all layers of a model to be trained quantized by {@link quantizeApply}; those marked already keep what they
 * were marked with.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param config - what layers that are not marked yet are marked with; the default scheme unless told
 * @returns a copy of the model, its layers marked
 * @throws ReaderError those of {@link quantizeAnnotateLayer}, and of models that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name: 'a' })] });
 * const quantized = quantization.quantizeApply(quantization.quantizeAnnotateModel(model));
 * console.log(quantized.layers.at(-1)!.name); // quant_a
 * ```
 * @see `quantize_annotate_model`, tensorflow_model_optimization/python/core/quantization/keras/quantize.py
 */
export function quantizeAnnotateModel(
  model: tf.LayersModel,
  config: QuantizeConfig = {},
): tf.LayersModel {
  requireQuantizeConfig(config);
  const copy = rebuildModel(model);
  const marks = new Map(
    modelGraph(model).nodes.map(({ name, layer }) => [name, annotations.get(layer)]),
  );
  for (const layer of copy.layers) annotations.set(layer, marks.get(layer.name) ?? config);
  return copy;
}

/**
 * Makes a model whose marked layers train quantized; the others stay in float. Inputs are rounded when a marked layer
 * reads them.
 *
 * @param model - a built model with layers marked by {@link quantizeAnnotateLayer} or {@link quantizeAnnotateModel}; it
 *   is left as it is
 * @param config - the scheme of all marked layers, such as `{ preserveClusters: true }`; what a layer is marked with comes
 *   before it
 * @returns a new model, as {@link quantizeModel} gives it
 * @throws ReaderError `nothing-annotated`, and those of {@link quantizeModel}
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const dense = tf.layers.dense({ units: 1, inputShape: [2], name: 'a' });
 * quantization.quantizeAnnotateLayer(dense, { weightBits: 4 });
 * const quantized = quantization.quantizeApply(tf.sequential({ layers: [dense] }));
 * console.log(quantized.layers.map((layer) => layer.name).slice(1).join(', ')); // quantize_layer, quant_a
 * ```
 * @see `quantize_apply`, tensorflow_model_optimization/python/core/quantization/keras/quantize.py
 */
export function quantizeApply(model: tf.LayersModel, config: QuantizeConfig = {}): tf.LayersModel {
  requireQuantizeConfig(config);
  const { nodes } = modelGraph(model);
  if (!nodes.some(({ layer }) => annotations.has(layer))) {
    throw new ReaderError({
      code: 'nothing-annotated',
      explain: 'No layer of the model is marked to be quantized.',
      hint: 'Mark layers with quantizeAnnotateLayer, or call quantizeModel for all of them.',
    });
  }
  return wrapLayers(model, ({ layer }) => {
    const own = annotations.get(layer);
    return own && { ...config, ...own };
  });
}

function wrapLayers(
  model: tf.LayersModel,
  configOf: (node: LayerNode) => QuantizeConfig | undefined,
): tf.LayersModel {
  const graph = modelGraph(model);
  requireFiniteWeights(model);
  const configs = new Map<string, { config: WrapperConfig | undefined }>();
  for (const node of graph.nodes) {
    if (node.layer instanceof QuantizeWrapper) throw quantizedAlready(node);
    const config = configOf(node);
    if (config) configs.set(node.name, { config: wrapperConfig(graph, node, config) });
  }
  warnOfNothingPreserved(
    graph.nodes.map((node) => [configOf(node), configs.get(node.name)?.config]),
  );
  const wrappers: QuantizeWrapper[] = [];
  const inputBits = configOf(graph.nodes[graph.inputs[0]!]!)?.activationBits ?? 8;
  const quantized = rebuildModel(model, (node, inputs) => {
    if (node.className === 'InputLayer') {
      const isRead = node.readers.some((index) => configs.has(graph.nodes[index]!.name));
      return isRead ? roundInput(node, graph.inputs.length, inputs, inputBits) : undefined;
    }
    const found = configs.get(node.name);
    if (!found) return undefined;
    const name = `${QUANT_PREFIX}${node.name}`;
    if (!found.config) return applyLayer(copyLayer(node.layer, { name }), inputs, node.layer);
    const hasActivation = 'activation' in node.layer.getConfig();
    const inner = copyLayer(node.layer, hasActivation ? { activation: 'linear' } : {});
    const wrapper = new QuantizeWrapper({ name, layer: inner, quantize: found.config });
    const output = applyLayer(wrapper, inputs);
    if (node.layer.weights.length > 0) inner.setWeights(node.layer.getWeights());
    wrappers.push(wrapper);
    return output;
  });
  for (const wrapper of wrappers) wrapper.rememberKernel();
  return quantized;
}

/** Once a promise: preserving what is not there is a step forgotten. */
function warnOfNothingPreserved(
  layers: readonly (readonly [QuantizeConfig | undefined, WrapperConfig | undefined])[],
): void {
  const promises = [
    ['preserveSparsity', 'sparsity', 'holds a zero: prune the model and call stripPruning first'],
    [
      'preserveClusters',
      'clusters',
      'is made of values that weights share: cluster the model and call stripClustering first',
    ],
  ] as const;
  for (const [option, kept, what] of promises) {
    const asked = layers.filter(([config, found]) => config?.[option] && found?.weights);
    if (asked.length === 0 || asked.some(([, found]) => found!.preserve?.[kept])) continue;
    const warn = asked[0]![0]!.onWarning ?? console.warn;
    warn(`${option} has nothing to preserve. No kernel ${what}.`);
  }
}

function roundInput(
  { name }: LayerNode,
  inputs: number,
  [input]: tf.SymbolicTensor[],
  numBits: number,
): tf.SymbolicTensor {
  const layerName = inputs === 1 ? QUANTIZE_LAYER : `${QUANTIZE_LAYER}_${name}`;
  const wrapper = new QuantizeWrapper({
    name: layerName,
    layer: tf.layers.activation({ activation: 'linear', name: `${layerName}_identity` }),
    quantize: {
      activation: 'linear',
      weights: null,
      beforeActivation: null,
      output: new AllValuesQuantizer({ numBits }).config,
    },
  });
  return wrapper.apply(input!) as tf.SymbolicTensor;
}

function quantizedAlready({ name }: LayerNode): ReaderError {
  return new ReaderError({
    code: 'model-quantized-already',
    explain: `The layer ${name} is trained quantized already.`,
    hint: 'Train this model, or start again from the float one.',
  });
}
