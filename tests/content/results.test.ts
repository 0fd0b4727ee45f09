import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Bench,
  CHAPTER_1,
  ROUNDINGS,
  describeLayers,
  kernelSqnr,
  scoreFloat32,
  scoreFormat,
  scoreRounding,
  setUpBench,
} from '../../scripts/results/chapter-1.ts';
import { stampOf } from '../../scripts/results/stamp.ts';
import { chapter1Results, roundedResult } from '../../src/build/chapter-1-results.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { modelFacts } from '../../src/build/model-facts.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';

const results = chapter1Results();
const facts = modelFacts('lenet-300-100');
const test = readMnist('test');
let bench: Bench;

beforeAll(async () => {
  await startTensorFlow();
  bench = setUpBench(await loadModel('lenet-300-100'), facts, test);
});

describe('content/results/chapter-1.json', () => {
  it('was made from the code, the model and the images as they are: else run `npm run results`', async () => {
    expect(results.stamp).toEqual(await stampOf({ ...CHAPTER_1, images: { test } }));
  });

  it('has every rounding once', () => {
    expect(results.rounded.map(({ numBits, granularity }) => ({ numBits, granularity }))).toEqual(
      ROUNDINGS,
    );
  });

  it('has the layers’ ranges and histograms, computed again', () => {
    expect(results.layers).toEqual(describeLayers(facts));
    for (const { shape, histogram } of results.layers) {
      expect(histogram.counts.reduce((sum, count) => sum + count)).toBe(shape[0]! * shape[1]!);
    }
  });

  it.each(ROUNDINGS)('has the noise of $numBits bits $granularity, computed again', (rounding) => {
    expect(roundedResult(results, rounding).sqnr).toEqual(kernelSqnr(facts, rounding));
  });

  // On all 10,000 images; the rest of the table takes half a minute and is guarded by the stamp.
  it.each([
    { numBits: 8, granularity: 'per-tensor' },
    { numBits: 3, granularity: 'per-tensor' },
    { numBits: 3, granularity: 'per-channel' },
  ] as const)('has the score of $numBits bits $granularity, computed again', (rounding) => {
    expect(roundedResult(results, rounding)).toEqual(scoreRounding(bench, rounding));
  });

  it('has the scores of float32 and both 16-bit formats, computed again', () => {
    expect(results.testImages).toBe(test.count);
    expect(results.float32).toEqual(scoreFloat32(bench));
    expect(results.float16).toEqual(scoreFormat(bench, 'float16'));
    expect(results.bfloat16).toEqual(scoreFormat(bench, 'bfloat16'));
  });
});
