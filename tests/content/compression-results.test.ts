import { existsSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { deletionRow, SPARSITIES } from '../../scripts/results/compression/brain-damage.ts';
import { MADE } from '../../scripts/results/compression/index.ts';
import { NETWORKS } from '../../scripts/results/compression/networks.ts';
import { PAPER } from '../../scripts/results/compression/paper.ts';
import { ALLOWED_LOSS, smallestWithin } from '../../scripts/results/compression/render.ts';
import { compressedPath, readCompression } from '../../scripts/results/compression/results-file.ts';
import { bytesOf } from '../../scripts/results/compression/structures.ts';
import { UNTRAINED_NETWORKS } from '../../scripts/results/compression/untrained.ts';
import { documentPath, renderDocument } from '../../scripts/results/document.ts';
import { stampOf } from '../../scripts/results/stamp.ts';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { compression, evaluation } from '../../src/engine/index.ts';

const results = readCompression();
const train = readMnist('train');
const test = readMnist('test');
const points = (lost: number): number => (100 * lost) / test.count;

beforeAll(() => startTensorFlow());

describe('docs/results.md', () => {
  it('says what the numbers say: else run `npm run results`', () => {
    expect(existsSync(documentPath)).toBe(true);
    expect(readFileSync(documentPath, 'utf8')).toBe(renderDocument());
  });
});

describe('content/results/compression.json', () => {
  it.each(['deepCompression', 'untrained', 'brainDamage', 'structures'] as const)(
    'has %s made from the code, the models and the images as they are: else run `npm run results`',
    async (part) => {
      expect(results[part].stamp).toEqual(
        await stampOf({ ...MADE[part], images: { train, test } }),
      );
    },
  );
});

describe.each(Object.keys(NETWORKS) as (keyof typeof NETWORKS)[])(
  'Deep Compression of %s',
  (name) => {
    const network = results.deepCompression.networks[name]!;

    it('has every stage', () => {
      expect(network.results.map(({ stage }) => stage)).toEqual(
        NETWORKS[name].stages.map(({ id }) => id),
      );
    });

    it('has files that decode to networks of that accuracy, computed again', async () => {
      const reference = answersOf(await loadModel(name), test);
      expect(countEqual(reference, test.labels)).toBe(network.floatCorrect);
      for (const { stage, bytes, ratio, correct, mcNemar } of network.results) {
        const file = new Uint8Array(readFileSync(compressedPath(name, stage)));
        const model = compression.decodeModel(file);
        const answers = answersOf(model, test);
        expect({ stage, bytes: file.length, correct: countEqual(answers, test.labels) }).toEqual({
          stage,
          bytes,
          correct,
        });
        expect(4 * model.countParams()).toBe(network.floatBytes);
        expect(network.floatBytes / bytes).toBeCloseTo(ratio, 10);
        expect(evaluation.mcNemar(reference, answers, test.labels)).toEqual(mcNemar);
        model.dispose();
      }
    }, 240_000);

    it('is as small as in the paper, at a loss of no more than 0.2 points', () => {
      const best = smallestWithin(network, test.count, ALLOWED_LOSS);
      expect(best!.ratio).toBeGreaterThanOrEqual(PAPER[name]!.ratio);
      expect(points(network.floatCorrect - best!.correct)).toBeLessThanOrEqual(0.2 + 1e-9);
    });
  },
);

describe.each(UNTRAINED_NETWORKS)('%s with nothing trained again', (name) => {
  it('has a file that loses nothing, computed again', () => {
    const { floatCorrect, lossless } = results.untrained.networks[name]!;
    expect(lossless).toBeDefined();
    const file = new Uint8Array(readFileSync(compressedPath(name, 'untrained')));
    const correct = countEqual(answersOf(compression.decodeModel(file), test), test.labels);
    expect({ bytes: file.length, correct }).toEqual({
      bytes: lossless!.bytes,
      correct: lossless!.correct,
    });
    expect(correct).toBeGreaterThanOrEqual(floatCorrect);
  });
});

describe('optimal brain damage', () => {
  const { rows, loss } = results.brainDamage;

  it('raises the loss less in the order of saliency than of magnitude', () => {
    expect(rows.map(({ sparsity }) => sparsity)).toEqual(SPARSITIES);
    expect(loss).toBeGreaterThan(0);
    // At the least shares neither raises it by more than noise.
    for (const { sparsity, magnitude, saliency } of rows.filter((row) => row.sparsity >= 0.3)) {
      expect(saliency.increase, String(sparsity)).toBeLessThan(magnitude.increase);
    }
  });

  it('has a row, computed again', async () => {
    const row = rows.find(({ sparsity }) => sparsity === 0.7)!;
    const { magnitude } = await deletionRow(train, test, 0.7);
    expect(magnitude.correct).toBe(row.magnitude.correct);
    expect(magnitude.increase).toBeCloseTo(row.magnitude.increase, 6);
  });
});

describe('zeros, patterns and fewer channels', () => {
  const { rows } = results.structures;
  const row = (id: string) => rows.find((each) => each.id === id)!;

  it('has the row of the whole network, computed again', async () => {
    const model = await loadModel('lenet-5');
    const whole = row('whole');
    expect(countEqual(answersOf(model, test), test.labels)).toBe(whole.correct);
    expect(model.countParams()).toBe(whole.parameters);
    expect(bytesOf(model)).toEqual(whole.bytes);
    expect(evaluation.modelCost(model).macs).toBe(whole.macs);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('reproduces the ten times of pruning with int8, zipped, at a loss of no more than 0.3 points', () => {
    const [whole, ninety] = [row('whole'), row('ninety')];
    expect(ninety.zeros / ninety.parameters).toBeGreaterThan(0.89);
    expect(whole.bytes.float32Gzip / ninety.bytes.int8Gzip).toBeGreaterThanOrEqual(10);
    expect(points(whole.correct - ninety.int8Correct)).toBeLessThanOrEqual(0.3);
  });

  it('has fewer multiplications where channels are gone, and nowhere else', () => {
    const whole = row('whole');
    expect(row('recipe').macs).toBe(whole.macs);
    expect(row('two-in-four').macs).toBe(whole.macs);
    expect(row('channels').macs).toBeLessThan(whole.macs / 2);
    expect(row('channels').parameters).toBeLessThan(whole.parameters / 4);
    expect(row('two-in-four').zeros).toBeGreaterThan(0.45 * whole.parameters);
  });
});
