import type * as tf from '@tensorflow/tfjs';
import { layerCalls, type LayerCall } from './layer-calls.ts';

/** Multiplications of one call of a layer, given the shapes of its weights; undefined where a size is open. */
type Count = (weights: readonly (readonly number[])[], call: LayerCall) => number;

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** Every output position takes every weight once. */
const convolution: Count = ([kernel], { outputShape }) =>
  (sizeOf(outputShape) / outputShape.at(-1)!) * sizeOf(kernel!);

const COUNTS: Record<string, Count> = {
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  DepthwiseConv2D: convolution,
  Dense: convolution,
  SeparableConv2D: ([depthwise, pointwise], { outputShape }) =>
    (sizeOf(outputShape) / outputShape.at(-1)!) * (sizeOf(depthwise!) + sizeOf(pointwise!)),
  // Every input position takes every weight once.
  Conv2DTranspose: ([kernel], { inputShapes: [input] }) =>
    (sizeOf(input!) / input!.at(-1)!) * sizeOf(kernel!),
  Conv3DTranspose: ([kernel], { inputShapes: [input] }) =>
    (sizeOf(input!) / input!.at(-1)!) * sizeOf(kernel!),
  SimpleRNN: recurrent,
  GRU: recurrent,
  LSTM: recurrent,
};

/** Kernel and recurrent kernel, at every step of the series. */
function recurrent(
  [kernel, recurrentKernel]: Parameters<Count>[0],
  { inputShapes: [input] }: LayerCall,
): number {
  return input![0]! * (sizeOf(kernel!) + sizeOf(recurrentKernel!));
}

/** Layers whose work is no multiplication with an addition, or vanishes in the layer before. */
const NONE = new Set(
  `Activation Add AlphaDropout Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization Concatenate
  Cropping2D Dropout ELU Embedding Flatten GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D
  GlobalMaxPooling1D GlobalMaxPooling2D InputLayer LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D
  MaxPooling3D Maximum Minimum Multiply PReLU Permute ReLU RepeatVector Rescaling Reshape Softmax SpatialDropout1D
  ThresholdedReLU UpSampling2D ZeroPadding2D`.split(/\s+/),
);

/**
 * Multiplications with an addition that a layer takes for one example, all its calls together; undefined for classes
 * that are not known and where a size is open. A batch normalization counts nothing: it is folded into the layer before.
 */
export function layerMacs(layer: tf.layers.Layer, calls: readonly LayerCall[]): number | undefined {
  const className = layer.getClassName();
  if (NONE.has(className)) return 0;
  const count = COUNTS[className];
  if (!count) return undefined;
  const isOpen = calls.some(({ inputShapes, outputShape }) =>
    [...inputShapes, outputShape].flat().some((size) => size < 0),
  );
  if (isOpen) return undefined;
  const weights = layer.weights.map(({ shape }) => shape as number[]);
  return calls.reduce((sum, call) => sum + count(weights, call), 0);
}

/** The same of a whole model; layers that are not known count nothing. */
export function modelMacs(model: tf.LayersModel): number {
  return [...layerCalls(model)].reduce(
    (sum, [layer, calls]) => sum + (layerMacs(layer, calls) ?? 0),
    0,
  );
}
