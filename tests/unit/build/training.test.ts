import * as tf from '@tensorflow/tfjs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  copyShifted,
  shuffledBatches,
  shuffledIndices,
} from '../../../scripts/train-models/batches.ts';
import { lenet300100 } from '../../../scripts/train-models/lenet-300-100.ts';
import { weightsHash } from '../../../scripts/train-models/model-files.ts';
import { train } from '../../../scripts/train-models/train.ts';
import { type MnistSet, readMnist } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';

beforeAll(async () => {
  await startTensorFlow();
});

function firstOf(set: MnistSet, count: number): MnistSet {
  return {
    ...set,
    count,
    pixels: set.pixels.subarray(0, count * 784),
    labels: set.labels.subarray(0, count),
  };
}

describe('train', () => {
  const { build } = lenet300100;
  const settings = { ...lenet300100.settings, epochs: 3 };
  const data = { train: firstOf(readMnist('train'), 1000), test: firstOf(readMnist('test'), 500) };

  it('gives the same weights bit for bit from one seed, others from another, and learns', async () => {
    const first = train(build, settings, data, () => undefined);
    const second = train(build, settings, data, () => undefined);
    const other = train(build, { ...settings, seed: settings.seed + 10 }, data, () => undefined);
    expect(second.epochs).toEqual(first.epochs);
    expect(await weightsHash(second.model)).toBe(await weightsHash(first.model));
    expect(await weightsHash(other.model)).not.toBe(await weightsHash(first.model));
    expect(first.epochs.at(-1)!.testCorrect).toBeGreaterThan(350);
    expect(first.epochs[2]!.trainLoss).toBeLessThan(first.epochs[0]!.trainLoss);
  });

  it('leaves no tensors behind once the model is disposed of', () => {
    const before = tf.memory().numTensors;
    const { model } = train(build, { ...settings, epochs: 1 }, data, () => undefined);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('batches', () => {
  it('hands out every image once an epoch, in another order each time', () => {
    const set = {
      count: 10,
      rows: 1,
      cols: 1,
      pixels: Uint8Array.from({ length: 10 }, (_, i) => i),
      labels: Uint8Array.from({ length: 10 }, (_, i) => i),
    };
    const rng = xoroshiro128plus(7);
    const [first, second] = [0, 1].map(() => [...shuffledBatches(set, 4, 0, rng)]);
    expect(first!.map(({ size }) => size)).toEqual([4, 4, 2]);
    const labels = first!.flatMap((batch) => [...batch.labels]);
    expect(labels.toSorted()).toEqual([...set.labels]);
    expect(labels).not.toEqual([...set.labels]);
    expect(second!.flatMap((batch) => [...batch.labels])).not.toEqual(labels);
    // Images and labels stay together.
    const pixels = first!.flatMap((batch) => [...batch.images]);
    expect(pixels.map((pixel) => Math.round(pixel * 255))).toEqual(labels);
  });

  it('shuffles without favour: each place gets each index about equally often', () => {
    const rng = xoroshiro128plus(3);
    const seen = Array.from({ length: 16 }, () => 0);
    for (let i = 0; i < 4000; i++)
      shuffledIndices(4, rng).forEach((index, place) => seen[4 * place + index]!++);
    for (const count of seen) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it.each([
    [0, 0, [1, 2, 3, 4, 5, 6]],
    [1, 0, [0, 1, 2, 0, 4, 5]],
    [-1, 0, [2, 3, 0, 5, 6, 0]],
    [0, 1, [0, 0, 0, 1, 2, 3]],
    [1, -1, [0, 4, 5, 0, 0, 0]],
    [3, 0, [0, 0, 0, 0, 0, 0]],
  ])('moves an image by (%i, %i) and fills with paper', (dx, dy, expected) => {
    const target = new Float32Array(6);
    copyShifted(Uint8Array.of(1, 2, 3, 4, 5, 6), target, 2, 3, dx, dy);
    expect([...target].map((value) => Math.round(value * 255))).toEqual(expected);
  });
});
