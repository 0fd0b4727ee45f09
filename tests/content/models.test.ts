import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checksums } from '../../scripts/train-models/model-files.ts';
import { SETTINGS } from '../../scripts/train-models/settings.ts';
import type { EpochLog } from '../../scripts/train-models/train.ts';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { modelFacts } from '../../src/build/model-facts.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../src/build/project-root.ts';

const folder = join(projectRoot, 'public', 'models', 'lenet-300-100');
const log = JSON.parse(readFileSync(join(folder, 'training-log.json'), 'utf8')) as {
  settings: object;
  epochs: EpochLog[];
  result: { testImages: number; testCorrect: number; testAccuracy: number };
};

describe('LeNet-300-100', () => {
  beforeAll(async () => {
    await startTensorFlow();
  });

  it('has the files that CHECKSUMS lists', async () => {
    expect(readFileSync(join(folder, 'CHECKSUMS'), 'utf8')).toBe(await checksums());
  });

  it('answers as many of all 10,000 test images rightly as its log says, 98 % at least', async () => {
    const test = readMnist('test');
    const correct = countEqual(answersOf(await loadModel('lenet-300-100'), test), test.labels);
    expect(correct).toBe(log.result.testCorrect);
    expect(log.result).toMatchObject({
      testImages: test.count,
      testAccuracy: correct / test.count,
    });
    expect(correct / test.count).toBeGreaterThanOrEqual(0.98);
  });

  it('was trained with the settings in the source, to the last epoch', () => {
    expect(log.settings).toEqual(SETTINGS);
    expect(log.epochs.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: SETTINGS.epochs }, (_, i) => i + 1),
    );
    expect(log.epochs.at(-1)!.testCorrect).toBe(log.result.testCorrect);
  });

  it('is 784 → 300 → 100 → 10 with a softmax of its own, of finite float32 weights', async () => {
    const model = await loadModel('lenet-300-100');
    expect(model.layers.map(({ name }) => name)).toEqual([
      'dense_1',
      'dense_2',
      'logits',
      'softmax',
    ]);
    expect(model.inputs[0]!.shape).toEqual([null, 784]);
    expect(model.outputs[0]!.shape).toEqual([null, 10]);
    expect(model.countParams()).toBe(784 * 300 + 300 + 300 * 100 + 100 + 100 * 10 + 10);
    for (const { name, values } of modelFacts('lenet-300-100')) {
      expect(values.every(Number.isFinite), name).toBe(true);
      expect(new Set(values).size, `${name}: distinct values`).toBeGreaterThan(values.length / 2);
    }
  });

  it('has a README whose table and figures are those of the model', async () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const grouped = (value: number) => value.toLocaleString('en-GB');
    const model = await loadModel('lenet-300-100');
    for (const layer of model.layers) {
      const parameters = layer.countParams();
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${layer.name}\` |`));
      expect(row, layer.name).toMatch(
        new RegExp(`\\| ${grouped(parameters)} \\| ${grouped(4 * parameters)} \\|$`),
      );
    }
    expect(readme).toContain(`${grouped(model.countParams())} float32`);
    expect(readme).toContain(`${grouped(log.result.testCorrect)} of the 10,000 test images`);
    expect(readme).toContain(`${SETTINGS.epochs} epochs`);
  });
});
