import '@tensorflow/tfjs-backend-cpu';
import { sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { inputsFor, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const zerosOf = (model: tf.LayersModel): Record<string, number> =>
  Object.fromEntries(sparsity.sparsityOf(model).layers.map(({ layer, zeros }) => [layer, zeros]));

describe('sensitivityScan', () => {
  it('prunes one layer at a time, as magnitudePrune does, and scores the whole', async () => {
    const model = smallCnn(1);
    const x = inputsFor(model, 4, 1);
    const sum = (each: tf.LayersModel): number =>
      tf.tidy(() => tf.sum(tf.abs(each.predict(x) as tf.Tensor)).dataSync()[0]!);
    const seen: Record<string, number>[] = [];
    const rows = await sparsity.sensitivityScan(
      model,
      async (trial) => {
        seen.push(zerosOf(trial));
        await Promise.resolve();
        return sum(trial);
      },
      { sparsities: [0, 0.5, 0.9] },
    );
    expect(rows.map(({ layer, sparsity: share }) => [layer, share])).toEqual(
      ['conv_1', 'conv_2', 'logits'].flatMap((layer) =>
        [0, 0.5, 0.9].map((share) => [layer, share]),
      ),
    );
    for (const [i, { layer, sparsity: share, score }] of rows.entries()) {
      const pruned = sparsity.magnitudePrune(model, { [layer]: share });
      expect(score).toBe(sum(pruned));
      expect(seen[i]).toEqual(zerosOf(pruned));
      const others = Object.entries(seen[i]!).filter(([name]) => name !== layer);
      expect(others.every(([, zeros]) => zeros === 0)).toBe(true);
      expect(seen[i]![layer]! > 0).toBe(share > 0);
    }
    expect(rows[0]!.score).toBe(sum(model));
    expect(new Set(rows.map(({ score }) => score)).size).toBe(7);
  });

  it('tries the layers named, tells how far it is, and stops when it is told', async () => {
    const model = smallCnn(1);
    const heard: string[] = [];
    const controller = new AbortController();
    const scan = sparsity.sensitivityScan(model, () => 1, {
      sparsities: [0.1, 0.2],
      layers: ['logits', 'conv_1'],
      signal: controller.signal,
      onProgress: ({ layer, sparsity: share }, done, total) => {
        heard.push(`${layer} ${share} ${done}/${total}`);
        if (done === 3) controller.abort(new Error('enough'));
      },
    });
    await expect(scan).rejects.toThrow('enough');
    expect(heard).toEqual(['logits 0.1 1/4', 'logits 0.2 2/4', 'conv_1 0.1 3/4']);
  });

  it('leaves the model as it was and no tensor behind, even when scoring fails', async () => {
    const model = smallCnn(2);
    const before = model.getWeights().map((tensor) => tensor.dataSync().slice());
    await sparsity.sensitivityScan(model, () => 0, { sparsities: [0.5] });
    const tensors = tf.memory().numTensors;
    await sparsity.sensitivityScan(model, () => 0, { sparsities: [0.5, 0.8] });
    await expect(
      sparsity.sensitivityScan(model, () => Promise.reject(new Error('no')), { sparsities: [0.5] }),
    ).rejects.toThrow('no');
    expect(tf.memory().numTensors).toBe(tensors);
    model.getWeights().forEach((tensor, i) => expect(tensor.dataSync()).toEqual(before[i]));
  });

  it('refuses what makes no sense', async () => {
    const model = smallCnn(1);
    const code = async (
      options: object,
      evaluate: unknown = () => 0,
      given: tf.LayersModel = model,
    ): Promise<unknown> =>
      sparsity.sensitivityScan(given, evaluate as () => number, options as never).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
    expect(await code({ sparsities: [0.5, 1] })).toBe('sparsity-out-of-range');
    expect(await code({ sparsities: [] })).toBe('array-empty');
    expect(await code({ sparsities: 0.5 })).toBe('not-an-array-of-numbers');
    expect(await code({})).toBe('not-an-array-of-numbers');
    expect(await code({ sparsities: [0.5], layers: ['relu_1'] })).toBe('layer-unknown');
    expect(await code({ sparsities: [0.5], layer: 'logits' })).toBe('option-unknown');
    expect(await code({ sparsities: [0.5] }, 'accuracy')).toBe('evaluate-not-a-function');
    expect(await code({ sparsities: [0.5] }, () => tf.scalar(1))).toBe('score-not-a-number');
    expect(await code({ sparsities: [0.5] }, () => NaN)).toBe('score-not-a-number');
    expect(await code({ sparsities: [0.5] }, () => 0, tf.sequential())).toBe('model-not-built');
  });
});
