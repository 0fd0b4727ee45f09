import '@tensorflow/tfjs-backend-cpu';
import { createRng, sparsity, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { rebuildModel } from '../../../src/engine/model-graph/rebuild-model.ts';
import {
  always,
  data,
  never,
  reloaded,
  twoDense,
  valuesOf,
  weightsOf,
  zerosIn,
} from './pruning-support.ts';

const { magnitudeMask, mByNMask, pruneLowMagnitude, stripPruning, UpdatePruningStep } = sparsity;
const HIDDEN = 'prune_low_magnitude_hidden';

beforeAll(() => startTensorFlow());

const compiled = (model: tf.LayersModel, rate = 0.1): tf.LayersModel => {
  model.compile({ optimizer: tf.train.sgd(rate), loss: 'meanSquaredError' });
  return model;
};

/** Begins training as `fit` does, for batches given by hand. */
async function begun(model: tf.LayersModel): Promise<sparsity.UpdatePruningStep> {
  const callback = new UpdatePruningStep();
  callback.setModel(model);
  await callback.onTrainBegin();
  return callback;
}

const stepOf = (model: tf.LayersModel): number =>
  valuesOf(model.getLayer(HIDDEN), 'pruning_step')[0]!;

describe.each(['wasm', 'cpu'])('training on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    return () => tf.setBackend('wasm');
  });

  it('finds the first mask at step 1, from the weights as they came', async () => {
    const model = twoDense(1);
    const expected = magnitudeMask(model.getLayer('hidden').getWeights()[0]!, 0.5);
    const pruned = compiled(pruneLowMagnitude(model, { pruningSchedule: always() }));
    expect(stepOf(pruned)).toBe(-1);
    await begun(pruned);
    expect(stepOf(pruned)).toBe(0);
    // The very pass that finds the mask computes with it.
    const masked = compiled(sparsity.stripPruning(model, { onWarning: () => undefined }));
    for (const layer of masked.layers) {
      const [kernel, bias] = layer.getWeights() as [tf.Tensor, tf.Tensor];
      layer.setWeights([tf.mul(kernel, magnitudeMask(kernel, 0.5).mask), bias]);
    }
    const batch = data(4, [6], [3]);
    expect(await pruned.trainOnBatch(...batch)).toBe(await masked.trainOnBatch(...batch));
    expect(stepOf(pruned)).toBe(1);
    const layer = pruned.getLayer(HIDDEN);
    expect(valuesOf(layer, 'mask')).toEqual(expected.mask.dataSync());
    expect(valuesOf(layer, 'threshold')[0]).toBe(expected.threshold);
  });

  it('takes gradients as if there were no mask, at the masked weights', async () => {
    const model = twoDense(2);
    const pruned = pruneLowMagnitude(model, { pruningSchedule: always() });
    const [x, y] = data(8, [6], [3]);
    await begun(pruned);
    pruned.apply(x, { training: true });
    const plain = stripPruning(pruned);
    const gradients = (of: tf.LayersModel): Float32Array[] => {
      const variables = of.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { grads } = tf.variableGrads(
        () =>
          tf.losses.meanSquaredError(y, of.apply(x, { training: true }) as tf.Tensor) as tf.Scalar,
        variables,
      );
      return variables.map(({ name }) => grads[name]!.dataSync() as Float32Array);
    };
    const found = gradients(pruned);
    expect(found.length).toBe(4);
    expect(found).toEqual(gradients(plain));
    const mask = valuesOf(pruned.getLayer(HIDDEN), 'mask');
    expect(zerosIn(mask)).toBe(24);
    const atPruned = found[0]!.filter((_, i) => mask[i] === 0);
    expect(zerosIn(atPruned)).toBeLessThan(24);
  });

  it('lets pruned weights grow back in the variable, and masks them before the next pass', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(3), { pruningSchedule: always() }));
    const [x, y] = data(8, [6], [3]);
    const callback = await begun(pruned);
    await pruned.trainOnBatch(x, y);
    const kernel = () => valuesOf(pruned.getLayer(HIDDEN), 'kernel');
    const mask = valuesOf(pruned.getLayer(HIDDEN), 'mask');
    expect(kernel().some((value, i) => mask[i] === 0 && value !== 0)).toBe(true);
    const stripped = stripPruning(pruned);
    pruned.predict(x);
    expect(kernel().every((value, i) => mask[i] === 1 || value === 0)).toBe(true);
    expect((pruned.predict(x) as tf.Tensor).dataSync()).toEqual(
      (stripped.predict(x) as tf.Tensor).dataSync(),
    );
    await pruned.trainOnBatch(x, y);
    await callback.onEpochEnd();
    const after = valuesOf(pruned.getLayer(HIDDEN), 'mask');
    expect(kernel().every((value, i) => after[i] === 1 || value === 0)).toBe(true);
  });

  it('is to the bit the same by fit, by batches and by a loop of one’s own', async () => {
    const pruningSchedule = new sparsity.PolynomialDecay({
      initialSparsity: 0.2,
      finalSparsity: 0.8,
      beginStep: 2,
      endStep: 8,
      frequency: 2,
    });
    const make = () => compiled(pruneLowMagnitude(twoDense(4), { pruningSchedule }));
    const [x, y] = data(12, [6], [3]);
    const parts = (epoch: number) =>
      [0, 1, 2].map((batch) => ({
        epoch,
        batch,
        x: x.slice(4 * batch, 4),
        y: y.slice(4 * batch, 4),
      }));

    const byFit = make();
    const callbacks = [new UpdatePruningStep()];
    const options = { epochs: 3, batchSize: 4, shuffle: false, verbose: 0, callbacks } as const;
    const { history } = await byFit.fit(x, y, { ...options, callbacks });

    const byBatches = make();
    const byLoop = make();
    const optimizer = tf.train.sgd(0.1);
    const [first, second] = [await begun(byBatches), await begun(byLoop)];
    const losses: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      let sum = 0;
      for (const part of parts(epoch)) {
        await first.onBatchBegin();
        await byBatches.trainOnBatch(part.x, part.y);
        await second.onBatchBegin();
        const loss = optimizer.minimize(() => {
          const answers = byLoop.apply(part.x, { training: true }) as tf.Tensor;
          return tf.mean(tf.squaredDifference(answers, part.y)) as tf.Scalar;
        }, true);
        sum += loss!.dataSync()[0]!;
      }
      await first.onEpochEnd();
      await second.onEpochEnd();
      losses.push(sum / 3);
    }
    expect(weightsOf(byBatches)).toEqual(weightsOf(byFit));
    expect(weightsOf(byLoop)).toEqual(weightsOf(byFit));
    expect(stepOf(byFit)).toBe(9);
    expect(zerosIn(valuesOf(byFit.getLayer(HIDDEN), 'kernel'))).toBe(38);
    (history['loss'] as number[]).forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 5));
  });

  it('goes on after it was saved in the middle as if it had not been', async () => {
    const pruningSchedule = new sparsity.PolynomialDecay({
      initialSparsity: 0.1,
      finalSparsity: 0.8,
      beginStep: 1,
      endStep: 9,
      frequency: 3,
    });
    const [x, y] = data(12, [6], [3]);
    const train = async (model: tf.LayersModel, batches: number[]) => {
      const callback = await begun(model);
      for (const batch of batches)
        await model.trainOnBatch(x.slice(4 * (batch % 3), 4), y.slice(4 * (batch % 3), 4));
      return callback;
    };
    const make = () => compiled(pruneLowMagnitude(twoDense(5), { pruningSchedule }));
    const through = make();
    await train(through, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const stopped = make();
    // No epoch ends here: weights that grew back are saved as they are.
    await train(stopped, [0, 1, 2, 3, 4]);
    const [mask, kernel] = ['mask', 'kernel'].map((name) =>
      zerosIn(valuesOf(stopped.getLayer(HIDDEN), name)),
    );
    expect(kernel).toBeLessThan(mask!);
    const resumed = compiled(await reloaded(stopped));
    expect(weightsOf(resumed)).toEqual(weightsOf(stopped));
    expect(stepOf(resumed)).toBe(5);
    await train(resumed, [5, 6, 7, 8, 9]);
    expect(weightsOf(resumed)).toEqual(weightsOf(through));
    expect(stepOf(resumed)).toBe(10);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const model = twoDense(6);
    const pruned = compiled(pruneLowMagnitude(model, { pruningSchedule: always() }));
    const [x, y] = data(4, [6], [3]);
    const callback = await begun(pruned);
    await pruned.trainOnBatch(x, y);
    const summaries = new sparsity.PruningSummaries();
    summaries.setModel(pruned);
    const settled = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) {
      await pruned.trainOnBatch(x, y);
      (pruned.predict(x) as tf.Tensor).dispose();
      await callback.onEpochEnd();
      await summaries.onEpochEnd();
      stripPruning(pruned).dispose();
      pruneLowMagnitude(model).dispose();
      pruneLowMagnitude(tf.layers.dense({ units: 2 }));
    }
    expect(tf.memory().numTensors).toBe(settled);
    tf.dispose([x, y]);
    pruned.dispose();
    model.dispose();
    // The optimizer's learning rate stays with it.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(1);
  });
});

describe('pruning while training', () => {
  it('prunes with its defaults first at step 100', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(7)), 0.01);
    const [x, y] = data(4, [6], [3]);
    await begun(pruned);
    const mask = () => zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'mask'));
    for (let i = 0; i < 99; i++) await pruned.trainOnBatch(x, y);
    expect([stepOf(pruned), mask()]).toEqual([99, 0]);
    await pruned.trainOnBatch(x, y);
    expect([stepOf(pruned), mask()]).toEqual([100, 24]);
  });

  it('counts no step in inference or validation', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(8), { pruningSchedule: always() }));
    const [x, y] = data(8, [6], [3]);
    pruned.predict(x);
    pruned.evaluate(x, y);
    pruned.apply(x);
    pruned.apply(x, { training: false });
    expect(stepOf(pruned)).toBe(-1);
    expect(zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'mask'))).toBe(0);
    await pruned.fit(x, y, {
      batchSize: 4,
      epochs: 2,
      verbose: 0,
      validationData: [x, y],
      callbacks: [new UpdatePruningStep()],
    });
    expect(stepOf(pruned)).toBe(4);
  });

  it('refuses to train without its callback, again and again', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(9)));
    const [x, y] = data(4, [6], [3]);
    const missing = expect.objectContaining({ code: 'pruning-step-not-updated' });
    for (let i = 0; i < 3; i++) await expect(pruned.trainOnBatch(x, y)).rejects.toThrow(missing);
    await expect(pruned.fit(x, y, { epochs: 1, verbose: 0 })).rejects.toThrow(
      /hidden .*new sparsity\.UpdatePruningStep\(\)/,
    );
    await pruned.fit(x, y, { epochs: 1, verbose: 0, callbacks: new UpdatePruningStep() });
    expect(stepOf(pruned)).toBe(1);
  });

  it('says so when training goes astray', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(10), { pruningSchedule: always() }));
    await begun(pruned);
    await pruned.trainOnBatch(tf.fill([4, 6], 1e30), tf.ones([4, 3]));
    await expect(pruned.trainOnBatch(tf.ones([4, 6]), tf.ones([4, 3]))).rejects.toThrow(
      expect.objectContaining({ code: 'weights-not-finite' }),
    );
  });

  it('chooses m zeros in every n once, at step 1, whatever the schedule', async () => {
    for (const pruningSchedule of [always(0.9), never()]) {
      const model = twoDense(11);
      const expected = mByNMask(model.getLayer('hidden').getWeights()[0]!, [1, 2]).dataSync();
      const pruned = compiled(
        pruneLowMagnitude(model, { pruningSchedule, sparsityMByN: [1, 2] }),
        2,
      );
      const [x, y] = data(8, [6], [3]);
      const mask = () => valuesOf(pruned.getLayer(HIDDEN), 'mask');
      await begun(pruned);
      await pruned.trainOnBatch(x, y);
      expect(mask()).toEqual(expected);
      for (let i = 0; i < 3; i++) await pruned.trainOnBatch(x, y);
      expect(mask()).toEqual(expected);
      // By now others would be chosen.
      const now = mByNMask(tf.tensor(valuesOf(pruned.getLayer(HIDDEN), 'kernel'), [6, 8]), [1, 2]);
      expect(now.dataSync()).not.toEqual(expected);
      const [kernel] = stripPruning(pruned).getLayer('hidden').getWeights();
      expect(sparsity.isPrunedMByN(kernel!, [1, 2])).toBe(true);
    }
  });

  it('prunes in blocks', async () => {
    const model = twoDense(12);
    const blocks = { blockSize: [2, 4], blockPoolingType: 'MAX' } as const;
    const expected = magnitudeMask(model.getLayer('hidden').getWeights()[0]!, 0.5, blocks);
    const pruned = compiled(pruneLowMagnitude(model, { pruningSchedule: always(), ...blocks }));
    await begun(pruned);
    await pruned.trainOnBatch(...data(4, [6], [3]));
    expect(valuesOf(pruned.getLayer(HIDDEN), 'mask')).toEqual(expected.mask.dataSync());
    const { pruning } = (await reloaded(pruned)).getLayer(HIDDEN) as unknown as {
      pruning: sparsity.BlockOptions;
    };
    expect(pruning).toMatchObject(blocks);
  });

  it('keeps the penalties of regularizers, and constraints away from the mask', async () => {
    const make = () => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({
            units: 4,
            inputShape: [6],
            kernelRegularizer: tf.regularizers.l2({ l2: 0.5 }),
            kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.01 }),
            name: 'hidden',
          }),
        ],
      });
      tf.tidy(() =>
        model.setWeights([tf.tensor2d(createRng(13).normals(24), [6, 4]), tf.zeros([4])]),
      );
      return model;
    };
    const plain = compiled(make());
    const pruned = compiled(pruneLowMagnitude(plain, { pruningSchedule: never() }));
    expect(weightsOf(pruned).slice(0, 2)).toEqual(weightsOf(plain));
    const [x, y] = data(4, [6], [4]);
    await begun(pruned);
    expect(await pruned.trainOnBatch(x, y)).toBe(await plain.trainOnBatch(x, y));
    const kernel = valuesOf(pruned.getLayer(HIDDEN), 'kernel');
    expect(kernel).toEqual(weightsOf(plain)[0]);
    pruned.predict(x);
    expect(valuesOf(pruned.getLayer(HIDDEN), 'kernel')).toEqual(kernel);
  });

  it('trains on with other optimizers, and learns', async () => {
    const pruned = pruneLowMagnitude(twoDense(14), { pruningSchedule: always(0.5) });
    pruned.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
    const [x] = data(32, [6], [3]);
    const y = x.slice([0, 0], [32, 3]);
    const { history } = await pruned.fit(x, y, {
      epochs: 60,
      batchSize: 32,
      verbose: 0,
      callbacks: [new UpdatePruningStep()],
    });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 1.5);
    expect(zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'kernel'))).toBeGreaterThanOrEqual(24);
  });

  it('is copied with its schedule, mask and step', async () => {
    const pruned = compiled(pruneLowMagnitude(twoDense(15), { pruningSchedule: always() }));
    const [x, y] = data(4, [6], [3]);
    await begun(pruned);
    await pruned.trainOnBatch(x, y);
    const copy = compiled(rebuildModel(pruned));
    expect(weightsOf(copy)).toEqual(weightsOf(pruned));
    await begun(copy);
    await copy.trainOnBatch(x, y);
    await pruned.trainOnBatch(x, y);
    expect(weightsOf(copy)).toEqual(weightsOf(pruned));
  });

  it('takes a schedule of one’s own', async () => {
    const steps: number[] = [];
    const pruningSchedule = {
      at: (step: number) => {
        steps.push(step);
        return { shouldPrune: step === 2, sparsity: 0.75 };
      },
    };
    const pruned = compiled(pruneLowMagnitude(twoDense(16), { pruningSchedule }));
    const [x, y] = data(4, [6], [3]);
    await begun(pruned);
    await pruned.trainOnBatch(x, y);
    expect(zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'mask'))).toBe(0);
    await pruned.trainOnBatch(x, y);
    expect(zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'mask'))).toBe(36);
    expect(steps).toEqual([1, 1, 2, 2]);
    await expect(reloaded(pruned)).rejects.toThrow(
      expect.objectContaining({ code: 'pruning-schedule-not-saveable' }),
    );
  });

  it.each([NaN, 1.5, -0.5, undefined, '0.5'])(
    'refuses the sparsity %s of a schedule of one’s own',
    async (share) => {
      const pruningSchedule = { at: () => ({ shouldPrune: true, sparsity: share as number }) };
      const pruned = compiled(pruneLowMagnitude(twoDense(17), { pruningSchedule }));
      await begun(pruned);
      await expect(pruned.trainOnBatch(...data(4, [6], [3]))).rejects.toThrow(
        expect.objectContaining({ code: 'sparsity-out-of-range' }),
      );
    },
  );

  it('takes a sparsity that float32 rounds to 1, and keeps one weight', async () => {
    const pruned = compiled(
      pruneLowMagnitude(twoDense(18), { pruningSchedule: always(0.999999999) }),
    );
    await begun(pruned);
    await pruned.trainOnBatch(...data(4, [6], [3]));
    expect(zerosIn(valuesOf(pruned.getLayer(HIDDEN), 'mask'))).toBe(47);
  });
});
