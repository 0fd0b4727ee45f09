import * as tf from '@tensorflow/tfjs';
import type { MnistSet } from './mnist.ts';

const BATCH = 1000;

/** What the model answers to each image of the set: the index of its largest output. */
export function answersOf(model: tf.LayersModel, set: MnistSet): Uint8Array {
  const imageSize = set.rows * set.cols;
  const answers = new Uint8Array(set.count);
  for (let start = 0; start < set.count; start += BATCH) {
    const count = Math.min(BATCH, set.count - start);
    const pixels = set.pixels.subarray(start * imageSize, (start + count) * imageSize);
    const batch = tf.tidy(() => {
      const images = tf
        .tensor2d(
          Float32Array.from(pixels, (pixel) => pixel / 255),
          [count, imageSize],
        )
        .reshape([count, ...(model.inputs[0]!.shape.slice(1) as number[])]);
      return tf.argMax(model.predict(images) as tf.Tensor, 1).dataSync();
    });
    answers.set(batch, start);
  }
  return answers;
}

/** In how many places the two agree. */
export function countEqual(answers: Uint8Array, labels: Uint8Array): number {
  return answers.filter((answer, i) => answer === labels[i]).length;
}
