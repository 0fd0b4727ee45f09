import * as tf from '@tensorflow/tfjs';
import type { MnistSet } from '../../../src/build/mnist.ts';
import type { Predict } from './methods.ts';

/** Images `start` … `start + count` as [count, 28, 28, 1], 0 paper … 1 ink. */
export function imageBatch(
  { pixels, rows, cols }: MnistSet,
  start: number,
  count: number,
): tf.Tensor4D {
  const size = rows * cols;
  const values = Float32Array.from(
    pixels.subarray(start * size, (start + count) * size),
    (pixel) => pixel / 255,
  );
  return tf.tensor4d(values, [count, rows, cols, 1]);
}

/** The first training images, in batches: what calibration sees. */
export function representativeData(train: MnistSet, images = 512): () => Generator<tf.Tensor> {
  return function* () {
    for (let start = 0; start < images; start += 128) yield imageBatch(train, start, 128);
  };
}

/** The outputs of anything that predicts. */
export const predictor =
  (model: { predict(x: tf.Tensor): tf.Tensor | tf.Tensor[] }): Predict =>
  (images) =>
    model.predict(images) as tf.Tensor;
