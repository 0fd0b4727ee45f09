/** What section 2.1 tells of the heavy model: its activations, a border that is not zero, codes rounded five ways. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  chooseQuantizationParams,
  dequantize,
  minMax,
  quantize,
} from '../../../src/engine/numerics/index.ts';
import {
  ROUNDINGS,
  type Rounding,
} from '../../../src/components/figures/RoundingDrift/roundings.ts';
import { symmetricParams } from '../../../src/components/Computed/values/layers.ts';

export const models = ['lenet-5'] as const;
export const images = ['train'] as const;

/** As many digits as the trial file was calibrated on. */
const DIGITS = 100;
const LAYERS = ['conv_1', 'pool_1', 'conv_2', 'pool_2', 'dense_1', 'logits'] as const;
/** Layers whose values the figure of the affine map shows, by so many evenly spaced quantiles. */
const SHOWN = ['conv_2', 'dense_1'] as const;
const QUANTILES = 401;

export async function compute({ train }: { train: MnistSet }): Promise<object> {
  const model = await loadModel('lenet-5');
  const pixels = Float32Array.from(train.pixels.subarray(0, DIGITS * 784), (v) => v / 255);
  const digits = tf.tensor4d(pixels, [DIGITS, 28, 28, 1]);
  const sent = (layer: string): tf.Tensor => {
    const output = model.getLayer(layer).output as tf.SymbolicTensor;
    return tf.model({ inputs: model.inputs, outputs: output }).predict(digits) as tf.Tensor;
  };
  const kernel = (layer: string): tf.Tensor => model.getLayer(layer).getWeights()[0]!;
  return {
    layers: LAYERS.map((name) => ({ name, ...minMax(sent(name).dataSync<'float32'>()) })),
    quantiles: Object.fromEntries(SHOWN.map((name) => [name, quantilesOf(sent(name))])),
    padding: padding(sent('pool_1') as tf.Tensor4D, kernel('conv_2') as tf.Tensor4D),
    sums: roundedSums(sent('flatten') as tf.Tensor2D, kernel('dense_1')),
  };
}

function quantilesOf(tensor: tf.Tensor): number[] {
  const sorted = tensor.dataSync<'float32'>().slice().sort();
  return Array.from({ length: QUANTILES }, (_, i) => {
    const place = Math.round((i * (sorted.length - 1)) / (QUANTILES - 1));
    return Number(sorted[place]!.toPrecision(4));
  });
}

/** A convolution that is lent a border, with a zero that falls between two codes and with one that has its own. */
function padding(pooled: tf.Tensor4D, kernel: tf.Tensor4D): object {
  const values = pooled.dataSync<'float32'>();
  const range = minMax(values);
  const params = chooseQuantizationParams(range);
  const step = (range.max - range.min) / 255;
  const nearest = range.min + Math.round(-range.min / step) * step;
  const fallen = pooled.sub(range.min).div(step).round().mul(step).add(range.min);
  const held = tf.tensor4d(dequantize(quantize(values, params), params), pooled.shape);
  const sums = (input: tf.Tensor, border: number) => {
    const wide = tf.pad(input, [[0, 0], [2, 2], [2, 2], [0, 0]], border) as tf.Tensor4D; // prettier-ignore
    return tf.conv2d(wide, kernel, 1, 'valid');
  };
  const right = sums(pooled, 0);
  const typical = (given: tf.Tensor) => {
    const error = given.sub(right).square().mean([0, 3]).sqrt();
    return {
      corner: error.slice([0, 0], [1, 1]).dataSync()[0]!,
      inside: error.slice([2, 2], [8, 8]).mean().dataSync()[0]!,
    };
  };
  return {
    step,
    exactZeroPoint: -128 - range.min / step,
    errorAtZero: nearest,
    between: typical(sums(fallen, nearest)),
    exact: typical(sums(held, 0)),
  };
}

/** Typical error of dense_1's sums when its eight-bit codes lose their last bit, one way of rounding and another. */
function roundedSums(inputs: tf.Tensor2D, weights: tf.Tensor): Record<Rounding, number> {
  const kernel = weights.dataSync<'float32'>();
  const params = symmetricParams(kernel);
  const codes = quantize(kernel, params);
  const typical = (round: (x: number) => number) => {
    const errors = Float32Array.from(codes, (q) => (2 * round(q / 2) - q) * params.scale);
    const sums = inputs.matMul(tf.tensor2d(errors, weights.shape as [number, number]));
    return sums.square().mean().sqrt().dataSync()[0]!;
  };
  return Object.fromEntries(
    Object.entries(ROUNDINGS).map(([name, { round }]) => [name, typical(round)]),
  ) as Record<Rounding, number>;
}
