import '@tensorflow/tfjs-backend-cpu';
import { quantization, tf, TFLiteConverter } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { compressModel } from '../../../src/workbench/compress.ts';
import { evaluateTflite } from '../../../src/workbench/evaluate.ts';
import { reportMarkdown } from '../../../src/workbench/report-markdown.ts';
import { inputsFor, smallCnn } from '../engine/random-models.ts';
import { rejectedWith } from './reader-error.ts';
import { quarterModel, quarters } from './small-data.ts';

const test = quarters(150, 2);
let model: tf.LayersModel;

beforeAll(async () => {
  await startTensorFlow();
  model = await quarterModel(5);
});

const int8File = async (ends: 'float32' | 'int8') => {
  const made = await compressModel(model, {
    mode: 'int8',
    test,
    inferenceInputType: ends,
    inferenceOutputType: ends,
  });
  made.model.dispose();
  return made;
};

describe('evaluateTflite', () => {
  it('measures a file as the report of its making did', async () => {
    const { tflite, report: made } = await int8File('float32');
    const before = tf.memory().numTensors;
    const report = await evaluateTflite(tflite, { test, source: { name: 'q.tflite', bytes: 1 } });
    expect(tf.memory().numTensors).toBe(before);
    expect(report.accuracy!.measured.correct).toBe(made.accuracy!.after.correct);
    expect(report.macs).toBe(made.macs);
    expect(report.memory).toEqual(made.memory);
    expect(report.operators).toEqual(made.operators);
    expect(report.sizes[0]!.bytes).toBe(tflite.length);
    expect(report.reference!.examples).toHaveLength(8);
    expect(structuredClone(report)).toEqual(report);
    expect(reportMarkdown(report)).toContain('# q.tflite, measured');
  });

  it('takes files with integers at their ends', async () => {
    const [float, int8] = [await int8File('float32'), await int8File('int8')];
    const answers = await Promise.all(
      [float, int8].map(async ({ tflite }) => (await evaluateTflite(tflite, { test })).accuracy),
    );
    expect(answers[1]).toEqual(answers[0]);
    const codes = async (tflite: Uint8Array) =>
      (await evaluateTflite(tflite)).operators.map(({ code }) => code);
    expect(await codes(float.tflite)).toContain('QUANTIZE');
    expect(await codes(int8.tflite)).not.toContain('QUANTIZE');
  });

  it('without data runs on noise, and says so', async () => {
    const { tflite } = await int8File('float32');
    const report = await evaluateTflite(tflite);
    expect(report.accuracy).toBeUndefined();
    expect(report.warnings.map(({ code }) => code)).toEqual(['inputs-generated']);
  });

  it('stops, and refuses data that does not fit', async () => {
    const { tflite } = await int8File('float32');
    const controller = new AbortController();
    const before = tf.memory().numTensors;
    const onProgress = (done: number): void => {
      if (done > 0) controller.abort();
    };
    const codeOf = async (options: object, control = {}) =>
      (await rejectedWith(() => evaluateTflite(tflite, options, control))).code;
    expect(await codeOf({ test }, { signal: controller.signal, onProgress })).toBe('stopped');
    expect(tf.memory().numTensors).toBe(before);
    expect(await codeOf({ test: { ...test, shape: [64] } })).toBe('examples-wrong-shape');
    expect(await codeOf({ test: { ...test, labels: undefined } })).toBe('labels-missing');
    expect(await codeOf({ test: { ...test, labels: test.labels.map(() => 4) } })).toBe(
      'label-not-a-class',
    );
    expect(await codeOf({ mode: 'int8' })).toBe('option-unknown');
    const network = smallCnn(1, { units: 1 });
    const one = await TFLiteConverter.fromQuantizedModel(
      await quantization.quantizePostTraining(network, {
        mode: 'int8',
        representativeDataset: () => [inputsFor(network, 8, 1)],
      }),
    ).convert();
    const error = await rejectedWith(() => evaluateTflite(one, { test }));
    expect(error.code).toBe('outputs-not-classes');
  });
});

describe('reportMarkdown', () => {
  it('tells what was done, in tables that hold together', async () => {
    const { report, model: made } = await compressModel(model, {
      mode: 'int8',
      labelled: quarters(200, 1),
      test,
      prune: { sparsity: 0.5, method: 'fine-tune', epochs: 1 },
      testExamples: 64,
      cluster: { clusters: 16 },
      source: { name: 'nasty|<b>name</b>*.h5', bytes: 12_345 },
    });
    made.dispose();
    const text = reportMarkdown(report);
    expect(text).toContain('nasty\\|\\<b\\>name\\</b\\>\\*.h5, compressed');
    for (const wanted of [
      'pruned to 50.00 % zeros while training: 1 epoch of 200 examples',
      'clustered: at most 16 values a kernel',
      'quantized: int8, calibrated on 200 of the 200 examples of quarters 1',
      '12,345 bytes',
      '## Size',
      '## Accuracy on quarters 2',
      '## Error layer by layer',
      'McNemar',
      '256 KB flash, 64 KB RAM',
      'CONV\\_2D, version 3',
      'pruning while training',
      '| seed | 1894 |',
    ]) {
      expect(text).toContain(wanted);
    }
    const { correct, total } = report.accuracy!.after;
    expect(text).toContain(`| compressed | ${correct} of ${total} |`);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    const tables = text
      .trim()
      .split('\n\n')
      .filter((part) => part.startsWith('|'));
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const columns = table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(columns).size, table).toBe(1);
    }
  });
});
