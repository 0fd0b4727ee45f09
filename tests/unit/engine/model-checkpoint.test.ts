import '@tensorflow/tfjs-backend-cpu';
import { ReaderError, tf, training } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const linear = (): tf.LayersModel => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false })],
  });
  model.setWeights([tf.tensor2d([[2]])]);
  // y = 1: the weight goes from 2 to 1 at first, and past it with this rate: 2, 0.4, 1.36, …
  model.compile({ optimizer: tf.train.sgd(0.8), loss: 'meanSquaredError' });
  return model;
};
const fit = (model: tf.LayersModel, callbacks: tf.Callback[], epochs = 4) =>
  model.fit(tf.ones([4, 1]), tf.ones([4, 1]), {
    epochs,
    batchSize: 4,
    verbose: 0,
    callbacks,
    validationData: [tf.ones([1, 1]), tf.tensor2d([[0.4]])],
  });
const weight = (model: tf.LayersModel): number => model.getWeights()[0]!.dataSync()[0]!;

describe('ModelCheckpoint', () => {
  it('keeps the epoch whose validation loss was least, and puts its weights back', async () => {
    const model = linear();
    const checkpoint = new training.ModelCheckpoint();
    const before = tf.memory().numTensors;
    await fit(model, [checkpoint]);
    // After the first epoch the weight is 0.4, and the validation loss nothing.
    expect(checkpoint.bestEpoch).toBe(0);
    expect(checkpoint.best).toBeCloseTo(0, 10);
    expect(weight(model)).not.toBeCloseTo(0.4, 3);
    checkpoint.restore();
    expect(weight(model)).toBeCloseTo(0.4, 5);
    // The inputs and targets of fit, and nothing of the checkpoint's.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(4 + 1);
  });

  it('takes more for better where told, and every epoch where told', async () => {
    const most = new training.ModelCheckpoint({ monitor: 'val_loss', mode: 'max' });
    const epochs: number[] = [];
    const all = new training.ModelCheckpoint({
      monitor: 'loss',
      saveBestOnly: false,
      save: (artifacts, epoch) => {
        expect(artifacts.modelTopology).toBeDefined();
        epochs.push(epoch);
      },
    });
    await fit(linear(), [most, all]);
    expect(most.bestEpoch).toBe(1);
    expect(epochs).toEqual([0, 1, 2, 3]);
    expect(all.bestEpoch).toBe(3);
  });

  it('says what it cannot watch, and that nothing was kept', async () => {
    const wrong = new training.ModelCheckpoint({ monitor: 'val_accuracy' });
    await expect(fit(linear(), [wrong])).rejects.toMatchObject({
      code: 'checkpoint-monitor-unknown',
      explain: expect.stringContaining('val_accuracy') as string,
    });
    expect(() => new training.ModelCheckpoint().restore()).toThrow(ReaderError);
    expect(() => new training.ModelCheckpoint({ mode: 'best' as never })).toThrow(ReaderError);
  });
});
