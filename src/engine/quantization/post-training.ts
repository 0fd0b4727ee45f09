import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { calibrateActivations } from '../calibration/calibrate-activations.ts';
import type { Observer } from '../calibration/observer.ts';
import type { Graph } from '../graph/graph.ts';
import type { RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { describe } from '../numerics/arguments.ts';
import type { RangeOf } from './convert/activation-params.ts';
import {
  quantizeDynamic,
  quantizeFloat16,
  quantizeInt4,
  quantizeIntegers,
  type WeightRule,
} from './convert/quantize-graph.ts';
import { normalizeModel, toFloatGraph } from './convert/to-float-graph.ts';
import type { Granularity } from './quantize-weights.ts';
import { QuantizedModel } from './quantized-model.ts';

/** What becomes of weights and activations. */
export type PostTrainingMode = 'float32' | 'dynamic' | 'float16' | 'int8' | 'int16x8' | 'int4';

/** How a trained model is quantized. */
export interface PostTrainingOptions {
  mode: PostTrainingMode;
  /** Inputs like those the model will meet: 'int8' and 'int16x8' take the ranges of activations from them. */
  representativeDataset?: RepresentativeDataset;
  /** Finds the range of one layer's output; `MinMax` unless told. */
  observer?: (layer: string) => Observer;
  /** Scales of the kernels of convolutions; 'per-channel' unless told. Groups are for 'int4' only. */
  granularity?: Granularity;
  /** Scales of dense kernels; 'per-tensor' unless told, as converters do, and `granularity` for 'int4'. */
  denseGranularity?: Granularity;
  /** Called after each batch of the representative dataset. */
  onBatch?: (batches: number) => void;
}

const MODES: readonly PostTrainingMode[] = [
  'float32',
  'dynamic',
  'float16',
  'int8',
  'int16x8',
  'int4',
];

/**
 * Quantizes a trained model without training it again: into a network of TFLite's operators, run bit by bit as its
 * reference kernels run it.
 *
 * - `float32`: batch normalizations folded, activations fused, nothing rounded.
 * - `dynamic`: kernels of 1,024 weights or more in int8; activations are rounded to int8 example by example as
 *   they come, over the range they happen to have.
 * - `float16`: weights and biases stored in half precision, computed in float32.
 * - `int8`: weights symmetric int8, activations asymmetric int8 over calibrated ranges, biases int32 at
 *   s_in·s_w; nothing but integers between QUANTIZE and DEQUANTIZE.
 * - `int16x8`: the same with symmetric int16 activations and biases of 64 bits.
 * - `int4`: kernels stored in 4 bits, computed in float32; per channel or per group.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param options - `mode`, and what it needs: see {@link PostTrainingOptions}
 * @returns the network: `predict(x)`, `weightBytes`, `graph`
 * @throws ReaderError `mode-unknown`, `dataset-missing`, `layer-unsupported`, `weights-not-finite`,
 *   `input-shape-unknown`, and those of models and datasets that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: 'relu' })] });
 * model.setWeights([tf.tensor2d([[0.5], [-1]]), tf.tensor1d([0.25])]);
 * const small = await quantization.quantizePostTraining(model, {
 *   mode: 'int8',
 *   representativeDataset: function* () {
 *     yield tf.tensor2d([[0, 0], [1, 1], [1, 0]]);
 *   },
 * });
 * const [y] = (small.predict(tf.tensor2d([[1, 0]])) as tf.Tensor).dataSync();
 * console.log(y!.toFixed(2)); // 0.75
 * ```
 * @see TensorFlow Lite 8-bit quantization specification; B. Jacob et al., CVPR 2018
 */
export async function quantizePostTraining(
  model: tf.LayersModel,
  options: PostTrainingOptions,
): Promise<QuantizedModel> {
  const { mode } = readOptions(options);
  const normalized = normalizeModel(model);
  try {
    const graph = toFloatGraph(normalized);
    const rule = weightRule(options);
    if (mode !== 'int8' && mode !== 'int16x8')
      return new QuantizedModel(quantizeWith[mode](graph, rule));
    const type = mode === 'int8' ? 'int8' : 'int16';
    const rangeOf = await calibrate(normalized, options, type);
    return new QuantizedModel(quantizeIntegers(graph, type, rangeOf, rule));
  } finally {
    normalized.dispose();
  }
}

const quantizeWith: Record<
  Exclude<PostTrainingMode, 'int8' | 'int16x8'>,
  (graph: Graph, rule: WeightRule) => Graph
> = {
  float32: (graph) => graph,
  dynamic: quantizeDynamic,
  float16: quantizeFloat16,
  int4: quantizeInt4,
};

async function calibrate(
  normalized: tf.LayersModel,
  { representativeDataset, observer, onBatch }: PostTrainingOptions,
  type: 'int8' | 'int16',
): Promise<RangeOf> {
  const observers = await calibrateActivations(normalized, representativeDataset!, {
    ...(observer && { observer }),
    ...(onBatch && { onBatch }),
  });
  const integers = type === 'int16' ? { numBits: 16, symmetric: true } : {};
  return (name) => observers.get(name)?.range(integers);
}

function weightRule({ mode, granularity, denseGranularity }: PostTrainingOptions): WeightRule {
  const conv = granularity ?? 'per-channel';
  const dense = denseGranularity ?? (mode === 'int4' ? conv : 'per-tensor');
  const numBits = mode === 'int4' ? 4 : 8;
  return (code) => ({ numBits, granularity: code === 'FULLY_CONNECTED' ? dense : conv });
}

function readOptions(options: PostTrainingOptions): PostTrainingOptions {
  const { mode, representativeDataset } = (options ?? {}) as Partial<PostTrainingOptions>;
  if (!mode || !MODES.includes(mode)) {
    throw new ReaderError({
      code: 'mode-unknown',
      explain: `mode must be one of ${MODES.join(', ')}; it is ${describe(mode)}.`,
    });
  }
  const needsRanges = mode === 'int8' || mode === 'int16x8';
  if (needsRanges && !representativeDataset) {
    throw new ReaderError({
      code: 'dataset-missing',
      explain: `The mode ${mode} needs a representativeDataset: the ranges of activations are not in the model.`,
      hint: 'Give a function that yields some hundred inputs, or choose dynamic, which finds ranges as it runs.',
    });
  }
  const { granularity, denseGranularity } = options;
  for (const [name, given] of Object.entries({ granularity, denseGranularity })) {
    if (typeof given === 'object' && mode !== 'int4') {
      throw new ReaderError({
        code: 'groups-need-int4',
        explain: `${name} is by groups, which the mode ${mode} has no kernels for.`,
        hint: "Groups go with the mode int4; the others take 'per-tensor' or 'per-channel'.",
      });
    }
  }
  return options;
}
