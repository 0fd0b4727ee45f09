import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import {
  calibrateRangesInPlace,
  fakeQuantizeWeights,
  quantizeModel,
} from '../../../src/engine/quantization/index.ts';

export const models = ['lenet-300-100'];
export const images = ['train', 'test'] as const;

/** LeNet-300-100 with few bits, rounded after training and trained rounded. */
export interface Section34Results {
  steps: number;
  batch: number;
  /** By bits: how many of the test images are read rightly. */
  correct: Record<string, { rounded: number; trained: number }>;
}

const STEPS = 300;
const BATCH = 64;
const PIXELS = 784;
const CALIBRATION = 512;
const LEARNING_RATE = 1e-3;

/** Weights in 4, 3 and 2 bits, activations in 8 while it trains; Adam under half a cosine, batches in the order of the set. */
export async function compute({
  train,
  test,
}: Record<'train' | 'test', MnistSet>): Promise<Section34Results> {
  await startTensorFlow();
  const model = await loadModel('lenet-300-100');
  const correct: Section34Results['correct'] = {};
  for (const bits of [4, 3, 2]) {
    const rounded = fakeQuantizeWeights(model, { numBits: bits, granularity: 'per-tensor' });
    const trained = quantizeModel(model, { weightBits: bits });
    await calibrateRangesInPlace(trained, function* () {
      yield batchOf(train, 0, CALIBRATION);
    });
    const optimizer = tf.train.adam(LEARNING_RATE);
    trained.compile({ optimizer, loss: 'categoricalCrossentropy' });
    for (let step = 0; step < STEPS; step++) {
      const rate = (LEARNING_RATE * (1 + Math.cos((Math.PI * step) / STEPS))) / 2;
      (optimizer as unknown as { learningRate: number }).learningRate = rate;
      const x = batchOf(train, step * BATCH, BATCH);
      const y = tf.tidy(() =>
        tf.oneHot(
          tf.tensor1d(train.labels.subarray(step * BATCH, (step + 1) * BATCH), 'int32'),
          10,
        ),
      );
      await trained.trainOnBatch(x, y);
      tf.dispose([x, y]);
    }
    correct[bits] = { rounded: readRightly(rounded, test), trained: readRightly(trained, test) };
    console.log(`  ${bits} bits:`, correct[bits]);
  }
  return { steps: STEPS, batch: BATCH, correct };
}

function batchOf({ pixels }: MnistSet, from: number, count: number): tf.Tensor2D {
  const values = Float32Array.from(
    pixels.subarray(from * PIXELS, (from + count) * PIXELS),
    (pixel) => pixel / 255,
  );
  return tf.tensor2d(values, [count, PIXELS]);
}

function readRightly(model: tf.LayersModel, test: MnistSet): number {
  return tf.tidy(() => {
    const outputs = model.predict(batchOf(test, 0, test.count)) as tf.Tensor;
    const readings = outputs.argMax(1).dataSync();
    return test.labels.reduce((sum, label, i) => sum + Number(readings[i] === label), 0);
  });
}
