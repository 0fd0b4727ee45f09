import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { numerics, quantization, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { everyLayer, inputsFor, randomize } from './random-models.ts';

beforeAll(() => startTensorFlow());

const answers = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;

const classes = (model: tf.LayersModel): string[] =>
  model.layers.map((layer) => layer.getClassName());

describe('foldBatchNorm', () => {
  it('computes the same with fewer layers, whatever the network', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1e6 }),
          kind: fc.constantFrom('conv2d', 'conv1d', 'depthwise', 'dense'),
          useBias: fc.boolean(),
          scale: fc.boolean(),
          center: fc.boolean(),
          multiplier: fc.integer({ min: 1, max: 3 }),
          channels: fc.integer({ min: 1, max: 5 }),
        }),
        ({ seed, kind, useBias, scale, center, multiplier, channels }) => {
          const { layers } = tf;
          const image = { inputShape: [6, 5, channels], kernelSize: 3, useBias };
          const first = {
            conv2d: () => layers.conv2d({ ...image, filters: 4 }),
            depthwise: () => layers.depthwiseConv2d({ ...image, depthMultiplier: multiplier }),
            conv1d: () =>
              layers.conv1d({ inputShape: [6, channels], kernelSize: 2, filters: 3, useBias }),
            dense: () => layers.dense({ inputShape: [channels], units: 4, useBias }),
          }[kind]();
          const model = randomize(
            tf.sequential({ layers: [first, layers.batchNormalization({ scale, center })] }),
            seed,
          );
          const folded = quantization.foldBatchNorm(model);
          const x = inputsFor(model, 3, seed);
          const wanted = answers(model, x);
          const largest = Math.max(...wanted.map(Math.abs), 1);
          expect(classes(folded)).not.toContain('BatchNormalization');
          expect(numerics.maxAbsError(wanted, answers(folded, x)) / largest).toBeLessThan(1e-5);
          model.dispose();
          folded.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps what it cannot fold: alone, after an activation, after a layer that is read twice', () => {
    const model = everyLayer(1);
    const folded = quantization.foldBatchNorm(model);
    const kept = folded.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
    expect(kept.map(({ name }) => name)).toEqual(['norm_alone']);

    const input = tf.input({ shape: [4] });
    const dense = tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const norm = tf.layers.batchNormalization().apply(dense) as tf.SymbolicTensor;
    const twice = randomize(tf.model({ inputs: input, outputs: [dense, norm] }), 2);
    expect(classes(quantization.foldBatchNorm(twice))).toContain('BatchNormalization');

    const active = randomize(
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 3, inputShape: [2], activation: 'relu' }),
          tf.layers.batchNormalization(),
        ],
      }),
      3,
    );
    expect(classes(quantization.foldBatchNorm(active))).toContain('BatchNormalization');
  });

  it('leaves the model as it was', () => {
    const model = everyLayer(5);
    const x = inputsFor(model, 2, 6);
    const before = answers(model, x);
    quantization.foldBatchNorm(model).dispose();
    expect(answers(model, x)).toEqual(before);
  });
});
