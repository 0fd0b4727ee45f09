import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BookModel } from '../../scripts/train-models/book-model.ts';
import { BOOK_MODELS } from '../../scripts/train-models/book-models.ts';
import { checksums } from '../../scripts/train-models/model-files.ts';
import type { EpochLog } from '../../scripts/train-models/train.ts';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { modelFacts } from '../../src/build/model-facts.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../src/build/project-root.ts';

const test = readMnist('test');
const grouped = (value: number): string => value.toLocaleString('en-GB');

const folderOf = (name: string): string => join(projectRoot, 'public', 'models', name);
const logOf = (name: string) =>
  JSON.parse(readFileSync(join(folderOf(name), 'training-log.json'), 'utf8')) as {
    settings: object;
    epochs: EpochLog[];
    result: { testImages: number; testCorrect: number; testAccuracy: number };
  };

/** What the mission asks of each on all 10,000 test images. */
const ASKED: Record<string, number> = {
  'lenet-300-100': 0.98,
  'lenet-5': 0.99,
  'bn-cnn': 0.985,
  'depthwise-net': 0.985,
};

beforeAll(async () => {
  await startTensorFlow();
});

describe.each(BOOK_MODELS.map((model): [string, BookModel] => [model.name, model]))(
  '%s',
  (name, { settings }) => {
    const folder = folderOf(name);
    const log = logOf(name);

    it('has the files that CHECKSUMS lists', async () => {
      expect(readFileSync(join(folder, 'CHECKSUMS'), 'utf8')).toBe(await checksums(name));
    });

    it('answers as many of all 10,000 test images rightly as its log says, and as are asked', async () => {
      const correct = countEqual(answersOf(await loadModel(name), test), test.labels);
      expect(correct).toBe(log.result.testCorrect);
      expect(log.result).toMatchObject({
        testImages: test.count,
        testAccuracy: correct / test.count,
      });
      expect(correct / test.count).toBeGreaterThanOrEqual(ASKED[name]!);
    });

    it('was trained with the settings in the source, to the last epoch', () => {
      expect(log.settings).toEqual(settings);
      expect(log.epochs.map(({ epoch }) => epoch)).toEqual(
        Array.from({ length: settings.epochs }, (_, i) => i + 1),
      );
      expect(log.epochs.at(-1)!.testCorrect).toBe(log.result.testCorrect);
    });

    it('holds finite float32 weights', async () => {
      const model = await loadModel(name);
      for (const weight of model.weights) {
        const values = weight.read().dataSync();
        expect(values.every(Number.isFinite), weight.name).toBe(true);
      }
    });

    it('has a README whose table and figures are those of the model', async () => {
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const model = await loadModel(name);
      for (const layer of model.layers) {
        const parameters = layer.countParams();
        const row = readme.split('\n').find((line) => line.startsWith(`| \`${layer.name}\` |`));
        expect(row, layer.name).toMatch(
          new RegExp(`\\| ${grouped(parameters)} \\| ${grouped(4 * parameters)} \\|$`),
        );
      }
      expect(readme).toContain(`${grouped(model.countParams())} float32`);
      expect(readme).toContain(`${grouped(log.result.testCorrect)} of the 10,000 test images`);
      expect(readme).toContain(`${settings.epochs} epochs`);
    });
  },
);

describe('the models together', () => {
  it('are of the sizes that the literature names, where it names them', async () => {
    expect((await loadModel('lenet-300-100')).countParams()).toBe(266_610);
    expect((await loadModel('lenet-5')).countParams()).toBe(431_080);
  });

  it('take 8 MB at most', () => {
    const bytes = BOOK_MODELS.map(({ name }) => statSync(join(folderOf(name), 'weights.bin')).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8 * 2 ** 20);
  });

  it('are in LeNet-300-100 784 → 300 → 100 → 10, of distinct weights', async () => {
    const model = await loadModel('lenet-300-100');
    expect(model.layers.map((layer) => layer.name)).toEqual([
      'dense_1',
      'dense_2',
      'logits',
      'softmax',
    ]);
    expect(model.inputs[0]!.shape).toEqual([null, 784]);
    expect(model.outputs[0]!.shape).toEqual([null, 10]);
    for (const { name, values } of modelFacts('lenet-300-100')) {
      expect(new Set(values).size, `${name}: distinct values`).toBeGreaterThan(values.length / 2);
    }
  });
});
