import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import type {
  LayerResult,
  RoundedResult,
  Rounding,
  TestScore,
} from '../../src/build/chapter-1-results.ts';
import type { MnistSet } from '../../src/build/mnist.ts';
import type { WeightFacts } from '../../src/build/model-facts.ts';
import {
  chooseQuantizationParams,
  chooseQuantizationParamsPerAxis,
  dequantize,
  minMax,
  quantize,
  sqnr,
  toBfloat16,
  toFloat16,
} from '../../src/engine/numerics/index.ts';
import { wilsonInterval } from '../../src/engine/evaluation/wilson-interval.ts';

/** Every rounding that the chapter tells of: 8 down to 2 bits, one scale a kernel or one an output unit. */
export const ROUNDINGS: readonly Rounding[] = (['per-tensor', 'per-channel'] as const).flatMap(
  (granularity) => [8, 7, 6, 5, 4, 3, 2].map((numBits) => ({ numBits, granularity })),
);

/** The formats of 16 bits, each as the round trip of values through it. */
export const FORMATS = { float16: toFloat16, bfloat16: toBfloat16 } as const;

/** What the results of the chapter are made from, besides the test images. */
export const CHAPTER_1 = { code: 'scripts/results/chapter-1.ts', models: ['lenet-300-100'] };

const HISTOGRAM_BINS = 120;

/** A model whose weights are replaced and tried on the test images; `reference` holds the float32 model's answers. */
export interface Bench {
  model: tf.LayersModel;
  facts: readonly WeightFacts[];
  test: MnistSet;
  reference: Uint8Array;
}

/** Sets up the bench with the model's own weights. */
export function setUpBench(
  model: tf.LayersModel,
  facts: readonly WeightFacts[],
  test: MnistSet,
): Bench {
  return { model, facts, test, reference: answersOf(model, test) };
}

/** The float32 model's own score. */
export function scoreFloat32({ reference, test }: Bench): TestScore {
  return score(reference, reference, test);
}

/** The score with every weight stored in the format, biases too. */
export function scoreFormat(bench: Bench, format: keyof typeof FORMATS): TestScore {
  return scoreWith(bench, ({ values }) => FORMATS[format](values));
}

/** The score and the noise with every kernel rounded and the biases as they are. */
export function scoreRounding(bench: Bench, rounding: Rounding): RoundedResult {
  const { correct, interval, changed } = scoreWith(bench, (weight) =>
    weight.role === 'kernel' ? roundKernel(weight, rounding) : weight.values,
  );
  return { ...rounding, correct, interval, changed, sqnr: kernelSqnr(bench.facts, rounding) };
}

/** SQNR of each layer's kernel after rounding, in dB to six places: beyond them logarithms differ between machines. */
export function kernelSqnr(
  facts: readonly WeightFacts[],
  rounding: Rounding,
): Record<string, number> {
  return Object.fromEntries(
    kernelsOf(facts).map((kernel) => [
      kernel.layer,
      toPlaces(sqnr(kernel.values, roundKernel(kernel, rounding)), 6),
    ]),
  );
}

/** Range, spread and histogram of each layer's kernel. */
export function describeLayers(facts: readonly WeightFacts[]): LayerResult[] {
  return kernelsOf(facts).map(({ layer, shape, values }) => {
    const { min, max } = minMax(values);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const standardDeviation = Math.sqrt(variance);
    return {
      layer,
      shape,
      min,
      max,
      mean,
      standardDeviation,
      histogram: histogramOf(values, min, max),
    };
  });
}

function histogramOf(values: Float32Array, min: number, max: number): LayerResult['histogram'] {
  const limit = Math.max(-min, max);
  const counts = Array.from({ length: HISTOGRAM_BINS }, () => 0);
  for (const value of values) {
    const bin = Math.floor(((value + limit) / (2 * limit)) * HISTOGRAM_BINS);
    counts[Math.min(bin, HISTOGRAM_BINS - 1)]!++;
  }
  return { limit, counts };
}

/** The kernel after a round trip through symmetric, narrow-range integers; the output units are its last axis. */
function roundKernel(
  { values, shape }: WeightFacts,
  { numBits, granularity }: Rounding,
): Float32Array {
  const options = { numBits, symmetric: true, narrowRange: true };
  const params =
    granularity === 'per-tensor'
      ? chooseQuantizationParams(minMax(values), options)
      : chooseQuantizationParamsPerAxis(values, shape, -1, options);
  return dequantize(quantize(values, params), params);
}

function scoreWith(bench: Bench, replace: (weight: WeightFacts) => Float32Array): TestScore {
  const { model, facts, test, reference } = bench;
  const set = (values: (weight: WeightFacts) => Float32Array) =>
    tf.tidy(() => model.setWeights(facts.map((weight) => tf.tensor(values(weight), weight.shape))));
  set(replace);
  try {
    return score(answersOf(model, test), reference, test);
  } finally {
    set((weight) => weight.values);
  }
}

function score(answers: Uint8Array, reference: Uint8Array, test: MnistSet): TestScore {
  const correct = countEqual(answers, test.labels);
  return {
    correct,
    interval: wilsonInterval(correct, test.count),
    changed: test.count - countEqual(answers, reference),
  };
}

function kernelsOf(facts: readonly WeightFacts[]): WeightFacts[] {
  return facts.filter(({ role }) => role === 'kernel');
}

function toPlaces(value: number, places: number): number {
  return Number(value.toFixed(places));
}
