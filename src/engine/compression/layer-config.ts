/** What a layer's configuration in a compressed model may hold: checked when it is written, and when it is read. */
import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/** Values of a configuration: numbers, texts and lists of them, and nothing that runs. */
export type LayerConfig = tf.serialization.ConfigDict;

/**
 * Layers of TensorFlow.js that can be stored: those whose weights and configuration tell all of them. Layers around other
 * layers are left out, and those that are registered by somebody else.
 */
const LAYER_CLASSES = new Set(
  `Activation Add AlphaDropout Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization
  CategoryEncoding CenterCrop Concatenate Conv1D Conv2D Conv2DTranspose Conv3D Conv3DTranspose Cropping2D Dense
  DepthwiseConv2D Dot Dropout ELU Embedding Flatten GRU GaussianDropout GaussianNoise GlobalAveragePooling1D
  GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D InputLayer LSTM LayerNormalization LeakyReLU Masking
  MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum Multiply PReLU Permute ReLU RepeatVector Rescaling Reshape
  Resizing SeparableConv2D SimpleRNN Softmax SpatialDropout1D ThresholdedReLU UpSampling2D ZeroPadding2D`.split(
    /\s+/,
  ),
);
const ACTIVATIONS = new Set(
  `elu gelu gelu_new hardSigmoid linear logSoftmax mish relu relu6 selu sigmoid softmax softplus softsign swish
  tanh`.split(/\s+/),
);
const PENALTIES = new Set(['L1L2', 'MaxNorm', 'MinMaxNorm', 'NonNeg', 'UnitNorm']);

type LayerClass = tf.serialization.SerializableConstructor<tf.layers.Layer>;
type Registered = [LayerClass, (cls: LayerClass, config: LayerConfig) => tf.layers.Layer];

/** The class of TensorFlow.js of that name, if its layers can be stored. @internal */
export function layerClass(className: string): LayerClass | undefined {
  if (!LAYER_CLASSES.has(className)) return undefined;
  return registered(className)[0];
}

/** A layer made from its configuration, which must have been checked. @internal */
export function layerFrom(className: string, config: LayerConfig): tf.layers.Layer {
  const [cls, fromConfig] = registered(className);
  return fromConfig(cls, config);
}

function registered(className: string): Registered {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return classNameMap[className] as unknown as Registered;
}

/**
 * A layer's configuration as it is stored: without initializers, for the weights are in the file, and without what is
 * not set.
 *
 * @throws ReaderError `layer-config-unsupported`, naming the layer and the entry
 * @internal
 */
export function storableConfig(layer: tf.layers.Layer): LayerConfig {
  const entries = Object.entries(layer.getConfig()).filter(
    ([key, value]) => value !== null && value !== undefined && !key.endsWith('Initializer'),
  );
  const config = Object.fromEntries(entries) as LayerConfig;
  const problem = configProblem(config);
  if (problem === undefined) return config;
  throw new ReaderError({
    code: 'layer-config-unsupported',
    explain: `The layer ${layer.name} cannot be stored: ${problem}.`,
    hint: 'Only numbers, texts, lists of them, and the activations, regularizers and constraints of TensorFlow.js can be stored.',
  });
}

/** What is wrong with a configuration, or undefined. @internal */
export function configProblem(config: unknown): string | undefined {
  if (!isRecord(config)) return `its configuration is ${describe(config)}`;
  for (const [key, value] of Object.entries(config)) {
    if (!isAllowed(key, value)) return `${key} is ${describe(value)}`;
  }
  return undefined;
}

function isAllowed(key: string, value: unknown): boolean {
  if (key === '__proto__' || key === 'weights' || key.endsWith('Initializer')) return false;
  if (key === 'activation' || key === 'recurrentActivation') {
    return typeof value === 'string' && ACTIVATIONS.has(value);
  }
  if (key.endsWith('Regularizer') || key.endsWith('Constraint')) {
    return (
      isRecord(value) &&
      PENALTIES.has(value['className'] as string) &&
      isRecord(value['config']) &&
      Object.values(value['config']).every(isScalar)
    );
  }
  return isScalarOrList(value, 3);
}

/** Whether something is an object as JSON makes it. @internal */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    Number.isFinite(value)
  );
}

function isScalarOrList(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return isScalar(value);
  return depth > 0 && value.every((each) => isScalarOrList(each, depth - 1));
}
