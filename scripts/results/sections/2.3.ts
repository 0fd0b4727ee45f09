/** The size of an error: what clipping costs and saves, an error on its way through a layer, and equal noise of four kinds. */
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { modelFacts } from '../../../src/build/model-facts.ts';
import {
  chooseQuantizationParams,
  cosineSimilarity,
  dequantize,
  minMax,
  quantize,
  sqnr,
} from '../../../src/engine/numerics/index.ts';
import { createRng } from '../../../src/shared/rng.ts';

export const models = ['lenet-5', 'lenet-300-100'] as const;
export const images = ['test'] as const;

/** The layers of the figure, the heavy model’s first. */
const CLIPPED: readonly [model: string, layer: string][] = [
  ['lenet-5', 'dense_1'],
  ['lenet-5', 'logits'],
  ['lenet-300-100', 'dense_1'],
];
const WIDTHS = [2, 3, 4, 5, 6, 7, 8];
/** The clips that are tried are so many parts of the largest weight. */
const PARTS = 50;
const BINS = 121;
/** Test images that are sent through a layer, as in the cell. */
const SENT = 200;
const SEED = 23;
/** SQNR of each kind of noise, dB: that of weights which are all halved. */
const NOISE = 20 * Math.log10(2);

export const compute = async ({ test }: { test: MnistSet }): Promise<object> => ({
  layers: CLIPPED.map(([model, layer]) => clipLayer(model, layer)),
  pass: await errorsThroughLayer(test),
  harm: await equalNoise(test),
});

const kernelOf = (model: string, layer: string): Float32Array =>
  modelFacts(model).find((fact) => fact.layer === layer && fact.role === 'kernel')!.values;

const power = (values: ArrayLike<number>): number =>
  Array.prototype.reduce.call(
    values,
    (sum, v) => (sum as number) + (v as number) ** 2,
    0,
  ) as number;

const rounded = (value: number, digits = 5): number => Number(value.toPrecision(digits));

function clipLayer(model: string, layer: string): object {
  const kernel = kernelOf(model, layer);
  const limit = kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const bins = new Array<number>(BINS).fill(0);
  for (const weight of kernel) {
    bins[Math.min(BINS - 1, Math.floor(((weight + limit) / (2 * limit)) * BINS))]! += 1;
  }
  return {
    name: `${layer} of ${model === 'lenet-5' ? 'LeNet-5' : 'LeNet-300-100'}`,
    weights: kernel.length,
    limit: rounded(limit, 7),
    rms: rounded(Math.sqrt(power(kernel) / kernel.length), 7),
    bins,
    /** Share of the weights beyond each clip. */
    clipped: Array.from({ length: PARTS }, (_, i) =>
      rounded(
        kernel.filter((weight) => Math.abs(weight) > (limit * (i + 1)) / PARTS).length /
          kernel.length,
        4,
      ),
    ),
    widths: WIDTHS.map((bits) => ({ bits, ...clipsAt(kernel, limit, bits) })),
  };
}

/** Mean squared errors inside the clip and beyond it, for clips of 1, 2, … parts of the largest weight. */
function clipsAt(kernel: Float32Array, limit: number, bits: number): object {
  const last = 2 ** (bits - 1) - 1;
  const rounding: number[] = [];
  const clipping: number[] = [];
  for (let part = 1; part <= PARTS; part++) {
    const clip = (limit * part) / PARTS;
    const scale = clip / last;
    let [inside, beyond] = [0, 0];
    for (const weight of kernel) {
      const size = Math.abs(weight);
      if (size > clip) beyond += (size - clip) ** 2;
      else inside += (size - scale * Math.round(size / scale)) ** 2;
    }
    rounding.push(rounded(inside / kernel.length, 4));
    clipping.push(rounded(beyond / kernel.length, 4));
  }
  return { rounding, clipping };
}

const toBits = (values: Float32Array, numBits: number, symmetric: boolean): Float32Array => {
  const params = chooseQuantizationParams(minMax(values), {
    numBits,
    symmetric,
    narrowRange: symmetric,
  });
  return dequantize(quantize(values, params), params);
};

/** The sums of `dense_1` of LeNet-5 with rounded weights, rounded inputs and both. */
async function errorsThroughLayer(test: MnistSet): Promise<object> {
  const model = await loadModel('lenet-5');
  const kernel = kernelOf('lenet-5', 'dense_1');
  const upTo = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('flatten').output as tf.SymbolicTensor,
  });
  const pixels = Float32Array.from(test.pixels.subarray(0, SENT * 784), (pixel) => pixel / 255);
  const read = tf.tidy(() => upTo.predict(tf.tensor4d(pixels, [SENT, 28, 28, 1])) as tf.Tensor);
  const inputs = read.dataSync() as Float32Array;
  const sums = (values: Float32Array, weights: Float32Array): Float32Array => {
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d(values, [SENT, 800]), tf.tensor2d(weights, [800, 500])),
    );
    const data = product.dataSync() as Float32Array;
    product.dispose();
    return data;
  };
  const exact = sums(inputs, kernel);
  const measure = (weightBits: number | undefined, inputBits: number | undefined): object => {
    const weights = weightBits === undefined ? kernel : toBits(kernel, weightBits, true);
    const values = inputBits === undefined ? inputs : toBits(inputs, inputBits, false);
    return {
      weightBits: weightBits ?? 32,
      inputBits: inputBits ?? 32,
      weights: weightBits === undefined ? null : rounded(sqnr(kernel, weights), 7),
      inputs: inputBits === undefined ? null : rounded(sqnr(inputs, values), 7),
      sums: rounded(sqnr(exact, sums(values, weights)), 6),
    };
  };
  const result = {
    // How much stronger the sums are than sums of as many products that have nothing to do with each other.
    coherence: rounded(
      power(exact) / exact.length / ((power(kernel) / 500) * (power(inputs) / (SENT * 800))),
      6,
    ),
    rows: [
      measure(8, undefined),
      measure(undefined, 8),
      measure(8, 8),
      measure(4, undefined),
      measure(4, 8),
    ],
  };
  read.dispose();
  model.dispose();
  return result;
}

/** Four kinds of error in `dense_1` of LeNet-300-100, of the same SQNR, and what the model then reads. */
async function equalNoise(test: MnistSet): Promise<object> {
  const model = await loadModel('lenet-300-100');
  const layer = model.getLayer('dense_1');
  const kernel = kernelOf('lenet-300-100', 'dense_1');
  const bias = layer.getWeights()[1]!.clone();
  const ink = new Float64Array(784);
  test.pixels.forEach((pixel, i) => (ink[i % 784]! += pixel));
  const rng = createRng(SEED);
  const random = kernel.map(() => rng.normal());
  const kinds: Record<string, Float32Array> = {
    everywhere: random,
    dark: random.map((value, i) => (ink[Math.floor(i / 300)] === 0 ? value : 0)),
    shorter: kernel.map((weight) => -weight),
    drift: kernel.map(() => 1),
  };
  const read = (weights: Float32Array): number => {
    tf.tidy(() => layer.setWeights([tf.tensor2d(weights, [784, 300]), bias]));
    return countEqual(answersOf(model, test), test.labels);
  };
  const float = read(kernel);
  const rows = Object.entries(kinds).map(([kind, error]) => {
    const factor = Math.sqrt(power(kernel) / power(error) / 10 ** (NOISE / 10));
    const spoilt = kernel.map((weight, i) => weight + factor * error[i]!);
    return {
      kind,
      sqnr: rounded(sqnr(kernel, spoilt), 5),
      cosine: rounded(cosineSimilarity(kernel, spoilt), 5),
      correct: read(spoilt),
    };
  });
  bias.dispose();
  model.dispose();
  // How much more an error of one sign does to a sum than one of either sign: (Σx)²/Σx², on average.
  let drift = 0;
  for (let image = 0; image < test.count; image++) {
    const pixels = test.pixels.subarray(image * 784, (image + 1) * 784);
    drift += pixels.reduce((sum, pixel) => sum + pixel, 0) ** 2 / power(pixels) / test.count;
  }
  return { float, dark: ink.filter((sum) => sum === 0).length, drift: rounded(drift, 6), rows };
}
