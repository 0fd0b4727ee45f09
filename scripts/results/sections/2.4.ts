/** LeNet-5 run in integers: what its sums are, how wide, and what becomes of them at the output stage. */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundHalfAway,
} from '../../../src/engine/numerics/index.ts';
import { Interpreter, type TracedTensor } from '../../../src/engine/tflite/interpreter.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/converter.ts';

export const models = ['lenet-5'] as const;
export const images = ['train', 'test'] as const;

/** Sheets that the file is calibrated on, and digits that it then reads. */
const SHEETS = 100;
/** Layers with weights: the tensor that each reads and the one that it gives. */
const LAYERS: readonly [layer: string, reads: string, gives: string][] = [
  ['conv_1', 'conv_1_input', 'conv_1'],
  ['conv_2', 'pool_1', 'conv_2'],
  ['dense_1', 'flatten', 'dense_1_relu'],
  ['logits', 'dense_1_relu', 'logits'],
];

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const model = await loadModel('lenet-5');
  const file = await TFLiteConverter.fromLayersModel(model, {
    optimizations: ['DEFAULT'],
    representativeDataset: function* () {
      yield tf.tensor4d(pixels(train, SHEETS), [SHEETS, 28, 28, 1]);
    },
  }).convert();
  model.dispose();
  const interpreter = new Interpreter(file);
  interpreter.allocateTensors();
  const details = interpreter.trace();
  const digits = pixels(test, SHEETS);
  return {
    layers: LAYERS.map(([layer, reads, gives]) => describeLayer(details, layer, reads, gives)),
    dense: sumsOfDense(interpreter, details, digits),
  };
}

const pixels = ({ pixels: all }: MnistSet, count: number): Float32Array =>
  Float32Array.from(all.subarray(0, count * 784), (pixel) => pixel / 255);

const find = (tensors: readonly TracedTensor[], name: string): TracedTensor =>
  tensors.find((tensor) => tensor.name === name)!;

function describeLayer(
  tensors: readonly TracedTensor[],
  layer: string,
  reads: string,
  gives: string,
): object {
  const [input, kernel, bias, output] = [reads, `${layer}/kernel`, `${layer}/bias`, gives].map(
    (name) => find(tensors, name),
  ) as [TracedTensor, TracedTensor, TracedTensor, TracedTensor];
  const zero = input.quantization.zeroPoints[0]!;
  const reach = Math.max(127 - zero, 128 + zero);
  const units = kernel.shape[0]!;
  const terms = kernel.data.length / units;
  const weights = kernel.data as Int8Array;
  let bound = 0;
  for (let unit = 0; unit < units; unit++) {
    let sum = Math.abs(Number(bias.data[unit]));
    for (let k = 0; k < terms; k++) sum += Math.abs(weights[unit * terms + k]!) * reach;
    bound = Math.max(bound, sum);
  }
  const factors = kernel.quantization.scales.map(
    (scale) => (input.quantization.scales[0]! * scale) / output.quantization.scales[0]!,
  );
  return {
    layer,
    terms,
    bound,
    least: Number(Math.min(...factors).toPrecision(6)),
    most: Number(Math.max(...factors).toPrecision(6)),
    largestBias: Math.max(...Array.from(bias.data as Int32Array, Math.abs)),
  };
}

/** Every sum of `dense_1` on the digits, in integers, and what the two ways of rounding make of it. */
function sumsOfDense(
  interpreter: Interpreter,
  tensors: readonly TracedTensor[],
  digits: Float32Array,
): object {
  const [input, kernel, bias, output] = [
    'flatten',
    'dense_1/kernel',
    'dense_1/bias',
    'dense_1_relu',
  ].map((name) => find(tensors, name)) as [TracedTensor, TracedTensor, TracedTensor, TracedTensor];
  const [units, terms] = kernel.shape as [number, number];
  const zero = input.quantization.zeroPoints[0]!;
  const outZero = output.quantization.zeroPoints[0]!;
  const weights = kernel.data as Int8Array;
  const source = interpreter.getInputDetails()[0]!.index;
  const real =
    Math.fround(input.quantization.scales[0]! * kernel.quantization.scales[0]!) /
    output.quantization.scales[0]!;
  const { multiplier, shift } = quantizeMultiplier(real);
  let [largest, wide, differ, mismatches, cut] = [0, 0, 0, 0, 0];
  const third = { products: 0, correction: 0, bias: Number(bias.data[2]), code: 0 };
  for (let digit = 0; digit < SHEETS; digit++) {
    interpreter.setTensor(source, digits.subarray(digit * 784, (digit + 1) * 784));
    interpreter.invoke();
    const codes = interpreter.getTensor(input.index) as Int8Array;
    const given = interpreter.getTensor(output.index) as Int8Array;
    if (digit === 0) {
      for (let k = 0; k < terms; k++) {
        third.products += codes[k]! * weights[2 * terms + k]!;
        third.correction += zero * weights[2 * terms + k]!;
      }
      third.code = given[2]!;
    }
    for (let unit = 0; unit < units; unit++) {
      let sum = Number(bias.data[unit]);
      for (let k = 0; k < terms; k++) sum += (codes[k]! - zero) * weights[unit * terms + k]!;
      largest = Math.max(largest, Math.abs(sum));
      if (sum > 32767 || sum < -32768) wide += 1;
      const twice = multiplyByQuantizedMultiplier(sum, multiplier, shift);
      if (twice !== roundHalfAway(sum * real)) differ += 1;
      if (twice < 0) cut += 1;
      const code = Math.max(outZero, Math.min(127, twice + outZero));
      if (code !== given[unit]) mismatches += 1;
    }
  }
  return {
    digits: SHEETS,
    sums: SHEETS * units,
    inputZero: zero,
    outputZero: outZero,
    multiplier,
    shift,
    largest,
    /** Sums that int16 would not hold. */
    wide,
    /** Codes that rounding once would have made otherwise. */
    differ,
    /** Sums below zero, which the clamp makes zero. */
    cut,
    /** Codes that the interpreter has otherwise: none, or this is not what it does. */
    mismatches,
    /** The third unit on the first digit. */
    third,
  };
}
