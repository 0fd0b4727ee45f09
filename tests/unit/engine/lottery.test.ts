import '@tensorflow/tfjs-backend-cpu';
import { createRng, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { codeOf } from './reader-errors.ts';
import { inputsFor, randomize, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const valuesOf = (model: tf.LayersModel): number[][] =>
  model.getWeights().map((tensor) => [...tensor.dataSync()]);

async function train(model: tf.LayersModel, steps: number): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
  const x = inputsFor(model, 32, 9);
  const y = tf.tensor2d(createRng(3).floats(96, -1, 1), [32, 3]);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await model.trainOnBatch(x, y)) as number);
  return losses;
}

describe('rewind', () => {
  it('gives what was kept its first values, and everything else of the initial model', async () => {
    const initial = smallCnn(1);
    const first = valuesOf(initial);
    const trained = sparsity.magnitudePrune(initial, 0);
    await train(trained, 5);
    const pruned = sparsity.magnitudePrune(trained, 0.6);
    const ticket = sparsity.rewind(pruned, initial);
    const kept = valuesOf(pruned);
    const found = valuesOf(sparsity.stripPruning(ticket));
    const kernels = pruned.getWeights().map(({ rank }) => rank > 1);
    expect(kernels.filter(Boolean).length).toBe(3);
    found.forEach((values, w) => {
      const wanted = first[w]!.map((value, i) => (kernels[w] && kept[w]![i] === 0 ? 0 : value));
      expect(values).toEqual(wanted);
    });
    // The models given are as they were.
    expect(valuesOf(initial)).toEqual(first);
    expect(valuesOf(pruned)).toEqual(kept);
  });

  it('keeps its zeros through training, and trains', async () => {
    const initial = smallCnn(2);
    const pruned = sparsity.magnitudePrune(smallCnn(3), 0.7);
    const ticket = sparsity.rewind(pruned, initial);
    const before = valuesOf(sparsity.stripPruning(ticket));
    const losses = await train(ticket, 40);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    ticket.predict(inputsFor(ticket, 1, 1));
    const after = sparsity.stripPruning(ticket);
    expect(after.layers.map(({ name }) => name)).toEqual(initial.layers.map(({ name }) => name));
    const mask = valuesOf(pruned);
    valuesOf(after).forEach((values, w) => {
      if (after.getWeights()[w]!.rank === 1) return;
      values.forEach((value, i) => expect(value === 0).toBe(mask[w]![i] === 0));
      expect(values.some((value, i) => value !== before[w]![i])).toBe(true);
    });
    expect(sparsity.sparsityOf(after).zeros).toBe(sparsity.sparsityOf(pruned).zeros);
  });

  it('trains with fit and no callback, and wraps only layers with zeros', async () => {
    const initial = smallCnn(4);
    const ticket = sparsity.rewind(sparsity.magnitudePrune(initial, { conv_2: 0.5 }), initial);
    expect(
      ticket.layers.filter(({ name }) => name.startsWith('prune_')).map(({ name }) => name),
    ).toEqual(['prune_low_magnitude_conv_2']);
    ticket.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await ticket.fit(inputsFor(ticket, 8, 1), tf.zeros([8, 3]), { epochs: 2, verbose: 0 });
    expect(sparsity.sparsityOf(sparsity.stripPruning(ticket)).zeros).toBe(108);
  });

  it('refuses models that do not go together', () => {
    const model = smallCnn(1);
    const pruned = sparsity.magnitudePrune(model, 0.5);
    expect(codeOf(() => sparsity.rewind(model, model))).toBe('model-not-pruned');
    expect(codeOf(() => sparsity.rewind(pruned, smallCnn(1, { units: 4 })))).toBe('models-differ');
    const shorter = randomize(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], name: 'conv_1' }),
        ],
      }),
      1,
    );
    expect(codeOf(() => sparsity.rewind(pruned, shorter))).toBe('models-differ');
    expect(codeOf(() => sparsity.rewind(sparsity.pruneLowMagnitude(model), model))).toBe(
      'model-pruned-already',
    );
    expect(codeOf(() => sparsity.rewind(pruned, sparsity.pruneLowMagnitude(model)))).toBe(
      'model-pruned-already',
    );
    expect(codeOf(() => sparsity.rewind(pruned, undefined as never))).toBe('model-not-a-model');
  });

  it('leaves no tensor behind', () => {
    const model = smallCnn(1);
    const pruned = sparsity.magnitudePrune(model, 0.5);
    sparsity.rewind(pruned, model).dispose();
    const before = tf.memory().numTensors;
    sparsity.rewind(pruned, model).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
