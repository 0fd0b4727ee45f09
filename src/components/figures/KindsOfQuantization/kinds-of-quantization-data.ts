/** One score of the heavy model’s last layer, worked out under every bargain when the site is built. */
import { sectionResults } from '../../../build/section-results.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import {
  chooseQuantizationParams,
  dequantize,
  minMax,
  multiplyByQuantizedMultiplier,
  quantize,
  quantizeMultiplier,
  toFloat16,
  type QuantizationParams,
  type ValueRange,
} from '../../../engine/numerics/index.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../build/project-root.ts';
import type { Bargain, BargainId, Product, Score } from './kinds-of-quantization.ts';

/** What `scripts/results/sections/2.5.ts` computes. */
export interface Results25 {
  specimens: number;
  tried: number;
  bargains: Record<
    BargainId,
    { fileBytes: number; flashBytes: number; ramBytes: number; logitsSqnr?: number }
  >;
  lastLayer: { reads: number[]; readRange: ValueRange; scoreRange: ValueRange };
}

/** The last layer as it stands: kernel [inputs × 10], and what it reads. */
export interface LastLayer {
  reads: Float32Array;
  kernel: Float32Array;
  bias: Float32Array;
  readRange: ValueRange;
  scoreRange: ValueRange;
}

const UNITS = 10;
/** Of the products of a score the largest are shown. */
const PRODUCTS = 5;

export function lastLayer(): LastLayer {
  const { reads, readRange, scoreRange } = sectionResults<Results25>('2.5').lastLayer;
  const part = (role: string) =>
    modelFacts('lenet-5').find((fact) => fact.layer === 'logits' && fact.role === role)!.values;
  return {
    reads: Float32Array.from(reads),
    kernel: part('kernel'),
    bias: part('bias'),
    readRange,
    scoreRange,
  };
}

/** The data of the figure: for each bargain what it costs, and its ten scores. */
export function bargains(): Bargain[] {
  const { bargains: costs } = sectionResults<Results25>('2.5');
  const scores = allScores(lastLayer());
  const correct = readCorrectly();
  return (Object.keys(scores) as BargainId[]).map((id) => ({
    id,
    fileBytes: costs[id].fileBytes,
    ramBytes: costs[id].ramBytes,
    correct: correct[id],
    scores: scores[id],
  }));
}

/** Of 10,000 test images, from the committed table of quantization. */
function readCorrectly(): Record<BargainId, number> {
  const { models } = JSON.parse(
    readFileSync(join(projectRoot, 'content', 'results', 'quantization.json'), 'utf8'),
  ) as { models: Record<string, Record<string, { correct: number }>> };
  const scores = models['lenet-5']!;
  const of = (id: BargainId) => scores[id]!.correct;
  return {
    float32: of('float32'),
    float16: of('float16'),
    dynamic: of('dynamic'),
    int8: of('int8'),
    int16x8: of('int16x8'),
    int4: of('int4'),
  };
}

/** The ten scores under each bargain, the last layer alone being quantized. */
export function allScores(layer: LastLayer): Record<BargainId, Score[]> {
  const { kernel, reads, readRange, scoreRange } = layer;
  const wide = { numBits: 16, symmetric: true };
  const weights = symmetric(kernel);
  return {
    float32: inFloats(layer, kernel, layer.bias),
    float16: inFloats(layer, toFloat16(kernel), toFloat16(layer.bias)),
    dynamic: inIntegers(layer, weights, chooseQuantizationParams(minMax(reads))),
    int8: inIntegers(
      layer,
      weights,
      chooseQuantizationParams(readRange),
      chooseQuantizationParams(scoreRange),
    ),
    int16x8: inIntegers(
      layer,
      weights,
      chooseQuantizationParams(readRange, wide),
      chooseQuantizationParams(scoreRange, wide),
    ),
    int4: inFourBits(layer),
  };
}

/** Sums of floats; the weights are shown as they are stored. */
function inFloats(
  { reads, kernel, bias }: LastLayer,
  stored: Float32Array,
  bias16: Float32Array,
  codes?: Int8Array,
): Score[] {
  return scoresOf((unit) => {
    const products = largestProducts(reads, kernel, unit).map((i): Product => {
      const weight = stored[i * UNITS + unit]!;
      return {
        stored: codes ? codes[i * UNITS + unit]! : weight,
        weight,
        input: reads[i]!,
        product: weight * reads[i]!,
      };
    });
    const sum = sumOver(reads.length, (i) => reads[i]! * stored[i * UNITS + unit]!);
    const out = sum + bias16[unit]!;
    return { exact: exactScore(reads, kernel, bias, unit), sum, out, score: out, products };
  });
}

/** Four bits in the flash, one scale a unit; floats from there on. */
function inFourBits(layer: LastLayer): Score[] {
  const { kernel } = layer;
  const codes = new Int8Array(kernel.length);
  const restored = new Float32Array(kernel.length);
  for (let unit = 0; unit < UNITS; unit++) {
    const column = kernel.filter((_, i) => i % UNITS === unit);
    const params = symmetric(column, 4);
    const found = quantize(column, params);
    const back = dequantize(found, params);
    found.forEach((code, i) => {
      codes[i * UNITS + unit] = code;
      restored[i * UNITS + unit] = back[i]!;
    });
  }
  return inFloats(layer, restored, layer.bias, codes);
}

/** Sums of integers; floats come out, unless the score has a rule of its own. */
function inIntegers(
  { reads, kernel, bias }: LastLayer,
  weights: QuantizationParams,
  input: QuantizationParams,
  output?: QuantizationParams,
): Score[] {
  const codes = quantize(kernel, weights);
  const inputs = quantize(reads, input);
  const unitSum = input.scale * weights.scale;
  return scoresOf((unit) => {
    const products = largestProducts(reads, kernel, unit).map((i): Product => {
      const weight = codes[i * UNITS + unit]!;
      const value = inputs[i]! - input.zeroPoint;
      return { stored: weight, weight, input: value, product: weight * value };
    });
    const exact = exactScore(reads, kernel, bias, unit);
    const sum = sumOver(
      reads.length,
      (i) => (inputs[i]! - input.zeroPoint) * codes[i * UNITS + unit]!,
    );
    if (!output) {
      const score = sum * unitSum + bias[unit]!;
      return { exact, sum, out: score, score, products };
    }
    const withBias = sum + Math.round(bias[unit]! / unitSum);
    const { multiplier, shift } = quantizeMultiplier(unitSum / output.scale);
    const code = multiplyByQuantizedMultiplier(withBias, multiplier, shift) + output.zeroPoint;
    const out = Math.min(output.qmax, Math.max(output.qmin, code));
    return { exact, sum: withBias, out, score: (out - output.zeroPoint) * output.scale, products };
  });
}

function symmetric(values: Float32Array, numBits = 8): QuantizationParams {
  return chooseQuantizationParams(minMax(values), { numBits, symmetric: true, narrowRange: true });
}

const exactScore = (reads: Float32Array, kernel: Float32Array, bias: Float32Array, unit: number) =>
  sumOver(reads.length, (i) => reads[i]! * kernel[i * UNITS + unit]!) + bias[unit]!;

function largestProducts(reads: Float32Array, kernel: Float32Array, unit: number): number[] {
  const size = (i: number) => Math.abs(reads[i]! * kernel[i * UNITS + unit]!);
  return Array.from(reads.keys())
    .sort((a, b) => size(b) - size(a))
    .slice(0, PRODUCTS);
}

const scoresOf = (score: (unit: number) => Score): Score[] =>
  Array.from({ length: UNITS }, (_, unit) => score(unit));

function sumOver(count: number, term: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}
