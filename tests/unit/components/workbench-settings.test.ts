import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import {
  bytesOfImages,
  mnistFetch,
  planSentence,
} from '../../../src/components/Workbench/fetches.ts';
import {
  DEFAULTS,
  keptSettings,
  readSettings,
  settle,
  type DataAtHand,
  type Settings,
} from '../../../src/components/Workbench/settings.ts';
import {
  toCompressOptions,
  toEvaluateOptions,
  type RunData,
} from '../../../src/components/Workbench/worker/compress-options.ts';
import { readCompressOptions } from '../../../src/workbench/compress-options.ts';
import type { Examples } from '../../../src/workbench/examples.ts';

const nothing: DataAtHand = { mnist: false, ownCalibration: false, ownLabelled: false };
const withMnist: DataAtHand = { ...nothing, mnist: true };
const set = (changes: Partial<Settings>): Settings => ({ ...DEFAULTS, ...changes });

describe('what is stored of the choices', () => {
  it('comes back as it was', () => {
    const chosen = set({ mode: 'int4', prunePercent: 70, cluster: true, learningRate: 0.0003 });
    expect(readSettings(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });

  it.each([
    null,
    'int8',
    17,
    [],
    { mode: 'int3', prunePercent: '50', epochs: NaN, cluster: 'yes' },
  ])('is the defaults where it is not ours: %j', (stored) => {
    expect(readSettings(stored)).toEqual(DEFAULTS);
  });

  it('keeps numbers inside their limits, and whole', () => {
    const read = readSettings({
      prunePercent: 100,
      epochs: 0,
      clusters: 7.6,
      learningRate: 5,
      seed: -1,
    });
    expect(read).toMatchObject({
      prunePercent: 99,
      epochs: 1,
      clusters: 8,
      learningRate: 1,
      seed: 0,
    });
    // A share of 1 would leave no weight, and is refused further on.
    expect(read.prunePercent / 100).toBeLessThan(1);
  });

  it('is nothing where the browser keeps nothing', () => {
    expect(keptSettings()).toBeUndefined();
  });
});

describe('choices against the data at hand', () => {
  it('are MNIST where the model takes it, and else noise without labels', () => {
    expect(settle(DEFAULTS, withMnist)).toMatchObject({ labelled: 'mnist', calibration: 'mnist' });
    expect(settle(DEFAULTS, nothing)).toMatchObject({ labelled: 'none', calibration: 'generated' });
  });

  it('never fine-tune without labels', () => {
    const wish = set({ prunePercent: 50, pruneMethod: 'fine-tune' });
    expect(settle(wish, withMnist).pruneMethod).toBe('fine-tune');
    expect(settle(wish, nothing).pruneMethod).toBe('one-shot');
    expect(settle({ ...wish, labelled: 'none' }, withMnist).pruneMethod).toBe('one-shot');
  });

  it('take the labelled data where the wanted inputs are gone', () => {
    const own = { ...nothing, ownLabelled: true };
    const wish = set({ labelled: 'own', calibration: 'own' });
    expect(settle(wish, own)).toMatchObject({ labelled: 'own', calibration: 'labelled' });
    expect(settle(wish, { ...own, ownCalibration: true }).calibration).toBe('own');
    expect(settle(set({ labelled: 'none', calibration: 'labelled' }), withMnist).calibration).toBe(
      'mnist',
    );
  });

  it('leave the wish as it is', () => {
    const wish = Object.freeze(set({ labelled: 'own' }));
    settle(wish, nothing);
    expect(wish.labelled).toBe('own');
  });
});

describe('what a run fetches', () => {
  it('is one part of each set to calibrate and measure with', () => {
    const settings = settle(DEFAULTS, withMnist);
    expect(mnistFetch(settings, true)).toEqual({ trainImages: 1000, testImages: 1000 });
    expect(bytesOfImages(1000, [5, 7, 11])).toBe(5);
    expect(bytesOfImages(1001, [5, 7, 11])).toBe(12);
    expect(bytesOfImages(0, [5, 7, 11])).toBe(0);
  });

  it('grows with what is trained on, when it is trained at all', () => {
    const wish = set({ pruneMethod: 'fine-tune', trainImages: 5000, prunePercent: 50 });
    expect(mnistFetch(settle(wish, withMnist), true).trainImages).toBe(5000);
    expect(mnistFetch(settle({ ...wish, prunePercent: 0 }, withMnist), true).trainImages).toBe(
      1000,
    );
    expect(mnistFetch(settle(wish, withMnist), false).trainImages).toBe(1000);
  });

  it('is nothing where nothing of it is used', () => {
    expect(mnistFetch(settle(DEFAULTS, nothing), true)).toEqual({ trainImages: 0, testImages: 0 });
    const apart = settle(set({ labelled: 'none', calibration: 'generated' }), withMnist);
    expect(mnistFetch(apart, true)).toEqual({ trainImages: 0, testImages: 0 });
  });
});

describe('what a run will do, in words', () => {
  it('names each step, and noise', () => {
    expect(planSentence(settle(DEFAULTS, withMnist))).toBe('Quantize to int8, measure the file.');
    expect(planSentence(settle(set({ prunePercent: 50, cluster: true }), nothing))).toBe(
      'Prune 50% at once, cluster to 32 values a kernel, quantize to int8, measure the file. Calibrated on noise.',
    );
    expect(planSentence(settle(set({ mode: 'float32' }), nothing))).toBe(
      'Write float32, measure the file.',
    );
  });
});

const examples = (source: string, labels?: Int32Array): Examples => ({
  count: 4,
  shape: [784],
  values: new Uint8Array(4 * 784),
  scale: 1 / 255,
  source,
  ...(labels && { labels }),
});
const data: RunData = {
  mnist: {
    train: examples('mnist-train', Int32Array.of(1, 2, 3, 4)),
    test: examples('mnist-test', Int32Array.of(1, 2, 3, 4)),
  },
  ownCalibration: examples('photos'),
  ownLabelled: {
    examples: examples('x_train', Int32Array.of(0, 1, 2, 3)),
    heldOut: examples('x_test', Int32Array.of(0, 1, 2, 3)),
    notes: [],
  },
};
const source = { name: 'model.h5', bytes: 100 };
const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784] })] });
const sourceOf = (given: Examples | 'generated' | undefined): string | undefined =>
  typeof given === 'object' ? given.source : given;

describe('what the pipeline is told', () => {
  const told = (changes: Partial<Settings>) => toCompressOptions(set(changes), data, source);

  it('has the names that the pipeline knows', () => {
    const options = told({
      prunePercent: 50,
      cluster: true,
      labelled: 'mnist',
      calibration: 'mnist',
    });
    expect(() => readCompressOptions(model, options)).not.toThrow();
    expect(options).toMatchObject({ mode: 'int8', seed: 1894, source, cluster: { clusters: 32 } });
    expect(options.prune).toEqual({ sparsity: 0.5, method: 'one-shot' });
  });

  it('has numbers of examples only where the reader gave some', () => {
    expect(told({})).not.toHaveProperty('calibrationExamples');
    expect(told({})).not.toHaveProperty('testExamples');
    const options = told({ calibrationExamples: 32, testExamples: 64 });
    expect(options).toMatchObject({ calibrationExamples: 32, testExamples: 64 });
    expect(toEvaluateOptions(set({ testExamples: 64 }), data, source).testExamples).toBe(64);
    expect(toEvaluateOptions(set({}), data, source)).not.toHaveProperty('testExamples');
  });

  it('leaves out what is not wanted', () => {
    const options = told({ labelled: 'none', calibration: 'generated' });
    expect(options).not.toHaveProperty('prune');
    expect(options).not.toHaveProperty('cluster');
    expect(options).not.toHaveProperty('labelled');
    expect(options.calibration).toBe('generated');
  });

  it('has the training with fine-tuning alone', () => {
    const options = told({
      prunePercent: 80,
      pruneMethod: 'fine-tune',
      epochs: 3,
      labelled: 'mnist',
    });
    expect(options.prune).toEqual({
      sparsity: 0.8,
      method: 'fine-tune',
      epochs: 3,
      learningRate: 0.001,
      batchSize: 32,
    });
  });

  it.each([
    ['mnist', 'mnist', 'mnist-train', 'mnist-test', 'mnist-train'],
    ['own', 'own', 'x_train', 'x_test', 'photos'],
    ['own', 'labelled', 'x_train', 'x_test', undefined],
    ['none', 'own', undefined, undefined, 'photos'],
    ['none', 'generated', undefined, undefined, 'generated'],
  ] as const)('has the data of %s and %s', (labelled, calibration, train, test, calibrated) => {
    const options = told({ labelled, calibration });
    expect(sourceOf(options.labelled)).toBe(train);
    expect(sourceOf(options.test)).toBe(test);
    expect(sourceOf(options.calibration)).toBe(calibrated);
  });

  it('has integers at the ends only as the mode has them inside', () => {
    const ends = { inputType: 'integer', outputType: 'float32' } as const;
    expect(told({ mode: 'int8', ...ends })).toMatchObject({
      inferenceInputType: 'int8',
      inferenceOutputType: 'float32',
    });
    expect(told({ mode: 'int16x8', ...ends }).inferenceInputType).toBe('int16');
    expect(told({ mode: 'float16', ...ends }).inferenceInputType).toBe('float32');
  });

  it('measures a file on what the file of data keeps apart, else on all of it', () => {
    const evaluated = (changes: Partial<Settings>, given = data) =>
      toEvaluateOptions(set(changes), given, source);
    expect(sourceOf(evaluated({ labelled: 'own', calibration: 'own' }).test)).toBe('x_test');
    const whole = { ...data, ownLabelled: { examples: data.ownLabelled!.examples, notes: [] } };
    expect(sourceOf(evaluated({ labelled: 'own', calibration: 'own' }, whole).test)).toBe(
      'x_train',
    );
    const none = evaluated({ labelled: 'none', calibration: 'generated' });
    expect(none).not.toHaveProperty('test');
    expect(none).not.toHaveProperty('examples');
  });
});
