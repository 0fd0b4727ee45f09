import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { RepresentativeDataset } from '../model-graph/representative-dataset.ts';
import { describe } from '../numerics/arguments.ts';
import {
  quantizePostTraining,
  type PostTrainingMode,
  type PostTrainingOptions,
} from '../quantization/post-training.ts';
import { QuantizedModel } from '../quantization/quantized-model.ts';
import { convertQuantizedModel } from '../quantization/training/convert-quantized.ts';
import { QuantizeWrapper } from '../quantization/training/quantize-wrapper.ts';
import { withIntegerEnds } from '../graph/graph-ends.ts';
import { writeTflite } from './write-tflite.ts';

const OPS = [
  'TFLITE_BUILTINS',
  'TFLITE_BUILTINS_INT8',
  'EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8',
] as const;
const TYPES = ['float32', 'float16', 'int8', 'int4'] as const;
const INFERENCE = ['float32', 'int8', 'int16'] as const;

type InferenceType = (typeof INFERENCE)[number];

/** What the device can do. */
export interface TargetSpec {
  /** `TFLITE_BUILTINS` unless told; `…_INT8`: integers only; `…INT16_WEIGHTS_INT8`: activations of 16 bits. */
  supportedOps?: readonly (typeof OPS)[number][];
  /** Types of weights: `float16` halves them; `int4` is ours, and keeps computing in float. */
  supportedTypes?: readonly (typeof TYPES)[number][];
}

/** How a model is written; the names and rules are those of `tf.lite.TFLiteConverter`. */
export interface ConverterOptions extends Pick<
  PostTrainingOptions,
  'observer' | 'granularity' | 'denseGranularity' | 'onBatch'
> {
  /** `['DEFAULT']` quantizes; nothing is quantized without it. */
  optimizations?: readonly 'DEFAULT'[];
  /** Inputs like those the model will meet. */
  representativeDataset?: RepresentativeDataset;
  targetSpec?: TargetSpec;
  /** What goes in: `float32` unless told. */
  inferenceInputType?: InferenceType;
  /** What comes out: `float32` unless told. */
  inferenceOutputType?: InferenceType;
}

/**
 * Writes a model as a .tflite file.
 *
 * `TFLiteConverter.fromLayersModel(model, options)` takes @param model - built, Sequential or functional, or one that
 * {@link quantizeModel} gave and that was trained; `fromQuantizedModel(network)` what {@link quantizePostTraining} or
 * {@link convertQuantizedModel} gave. Options may be set as properties too. `await convert()` gives the bytes:
 *
 * - no `optimizations`: float32, batch normalizations folded, activations fused;
 * - `optimizations: ['DEFAULT']` alone: dynamic range, kernels of 1,024 weights or more in int8;
 * - with `supportedTypes: ['float16']`: weights in half precision; with `['int4']`: kernels in 4 bits;
 * - with `representativeDataset`: int8 throughout, floats in and out unless `inferenceInputType` and
 *   `inferenceOutputType` say int8;
 * - with `supportedOps: ['EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8']` besides: int16 activations.
 *
 * The batch is fixed at 1.
 *
 * @throws ReaderError `converter-option-unknown`, `inference-type-impossible`, `dataset-missing`, and those of
 *   {@link quantizePostTraining}
 * @example
 * ```ts
 * import { tf, TFLiteConverter } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [64] })] });
 * const converter = TFLiteConverter.fromLayersModel(model);
 * const float = await converter.convert();
 * converter.optimizations = ['DEFAULT'];
 * const small = await converter.convert();
 * console.log(float.length > 16_000, small.length < 6_000); // true true
 * ```
 * @see `tf.lite.TFLiteConverter`, tensorflow/lite/python/lite.py
 */
export class TFLiteConverter {
  readonly #source: tf.LayersModel | QuantizedModel;
  optimizations: readonly 'DEFAULT'[];
  representativeDataset: RepresentativeDataset | undefined;
  targetSpec: TargetSpec;
  inferenceInputType: InferenceType;
  inferenceOutputType: InferenceType;
  readonly #rest: Pick<
    PostTrainingOptions,
    'observer' | 'granularity' | 'denseGranularity' | 'onBatch'
  >;

  private constructor(source: tf.LayersModel | QuantizedModel, options: ConverterOptions) {
    const {
      optimizations = [],
      representativeDataset,
      targetSpec = {},
      inferenceInputType = 'float32',
      inferenceOutputType = 'float32',
      ...rest
    } = options;
    this.#source = source;
    this.optimizations = optimizations;
    this.representativeDataset = representativeDataset;
    this.targetSpec = targetSpec;
    this.inferenceInputType = inferenceInputType;
    this.inferenceOutputType = inferenceOutputType;
    this.#rest = rest;
  }

  /** Of a model of TensorFlow.js. */
  static fromLayersModel(model: tf.LayersModel, options: ConverterOptions = {}): TFLiteConverter {
    return new TFLiteConverter(model, options);
  }

  /** Of a network that is quantized already. */
  static fromQuantizedModel(
    network: QuantizedModel,
    options: Pick<ConverterOptions, 'inferenceInputType' | 'inferenceOutputType'> = {},
  ): TFLiteConverter {
    return new TFLiteConverter(network, options);
  }

  /** The bytes of the file. */
  async convert(): Promise<Uint8Array> {
    this.#requireKnown();
    const { graph } = await this.#quantize();
    const ends = [this.inferenceInputType, this.inferenceOutputType].map((type) => {
      if (type === 'float32') return false;
      const inside = graph.operators.find(({ code }) => code === 'QUANTIZE')?.output;
      if (inside !== undefined && graph.tensors[inside]!.type === type) return true;
      throw new ReaderError({
        code: 'inference-type-impossible',
        explain: `${type} can only go in or come out of a network whose activations are ${type}.`,
        hint: 'Set optimizations to DEFAULT and give a representativeDataset, or leave the type at float32.',
      });
    });
    return writeTflite(withIntegerEnds(graph, { inputs: ends[0]!, outputs: ends[1]! }));
  }

  async #quantize(): Promise<QuantizedModel> {
    const source = this.#source;
    if (source instanceof QuantizedModel) return source;
    if (source?.layers?.some((layer) => layer instanceof QuantizeWrapper)) {
      return convertQuantizedModel(source);
    }
    return quantizePostTraining(source, {
      ...this.#rest,
      mode: this.#mode(),
      ...(this.representativeDataset && { representativeDataset: this.representativeDataset }),
    });
  }

  #mode(): PostTrainingMode {
    const { supportedTypes = [], supportedOps = [] } = this.targetSpec;
    if (this.optimizations.length === 0) return 'float32';
    if (supportedOps.includes('EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8')) {
      return 'int16x8';
    }
    if (supportedTypes.includes('float16')) return 'float16';
    if (supportedTypes.includes('int4')) return 'int4';
    const integers =
      supportedOps.includes('TFLITE_BUILTINS_INT8') || supportedTypes.includes('int8');
    return this.representativeDataset || integers ? 'int8' : 'dynamic';
  }

  #requireKnown(): void {
    const { supportedTypes = [], supportedOps = [] } = this.targetSpec;
    const given: [string, unknown[], readonly string[]][] = [
      ['optimizations', [...this.optimizations], ['DEFAULT']],
      ['targetSpec.supportedOps', [...supportedOps], OPS],
      ['targetSpec.supportedTypes', [...supportedTypes], TYPES],
      ['inferenceInputType', [this.inferenceInputType], INFERENCE],
      ['inferenceOutputType', [this.inferenceOutputType], INFERENCE],
    ];
    for (const [name, values, known] of given) {
      const unknown = values.find((value) => !known.includes(value as string));
      if (unknown === undefined) continue;
      throw new ReaderError({
        code: 'converter-option-unknown',
        explain: `${name} knows ${known.join(', ')}; ${describe(unknown)} came.`,
      });
    }
  }
}
