import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runRecipe } from '../../scripts/results/compression/recipe.ts';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import { loadModel } from '../../src/build/load-model.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';

beforeAll(() => startTensorFlow());

describe('the recipe of the last chapter', () => {
  // On few images and a short schedule; whole, it is among the results.
  it('prunes nine tenths while it trains, and gives a plain network back', async () => {
    const test = readMnist('test');
    const original = await loadModel('lenet-5');
    const before = original.getWeights().map((tensor) => tensor.dataSync().slice());
    const epochs: number[] = [];
    const { model, bestEpoch, summaries } = await runRecipe(
      original,
      { set: readMnist('train'), images: 640 },
      { set: test, images: 200 },
      {
        beginStep: 10,
        endStep: 60,
        frequency: 10,
        onEpoch: (epoch) => epochs.push(epoch),
      },
    );
    expect(epochs).toEqual([0, 1, 2, 3, 4]);
    expect(bestEpoch).toBeGreaterThanOrEqual(0);
    expect(bestEpoch).toBeLessThan(5);

    const kernels = model.layers.filter((layer) => /^(conv_\d|dense_1|logits)$/.test(layer.name));
    expect(kernels.map(({ name }) => name)).toEqual(['conv_1', 'conv_2', 'dense_1', 'logits']);
    for (const layer of kernels) {
      const values = layer.getWeights()[0]!.dataSync();
      const kept = values.filter((value) => value !== 0).length;
      expect(kept, layer.name).toBe(Math.round(0.1 * values.length));
    }
    // Half of the weights at step 10, more at 20, in the first epoch; nine tenths at step 60, in the third.
    const shares = summaries
      .filter(({ layer }) => layer === 'dense_1')
      .map((each) => each.sparsity);
    expect(shares[0]).toBeGreaterThan(0.5);
    expect(shares[0]).toBeLessThan(0.8);
    expect(shares.slice(2).every((share) => Math.abs(share - 0.9) < 0.001)).toBe(true);

    original.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(before[i]));
    const correct = countEqual(answersOf(model, test), test.labels);
    console.log(`recipe, short, on LeNet-5: ${correct} of ${test.count}`);
    expect(correct).toBeGreaterThan(0.93 * test.count);
    expect(tf.getBackend()).toBe('wasm');
  }, 180_000);
});
