import * as tf from '@tensorflow/tfjs';
import { countEqual } from '../../../src/build/answers.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { imageBatch } from './images.ts';
import type { Predict } from './methods.ts';

const BATCH = 500;

/** What one method scored on one model. */
export interface Score {
  /** Of all test images, answered rightly. */
  correct: number;
  /** Answers that differ from the float model's. */
  changed: number;
}

/** The answer to each image of the set. */
export function answers(predict: Predict, set: MnistSet): Uint8Array {
  const found = new Uint8Array(set.count);
  for (let start = 0; start < set.count; start += BATCH) {
    const count = Math.min(BATCH, set.count - start);
    const classes = tf.tidy(() => tf.argMax(predict(imageBatch(set, start, count)), 1).dataSync());
    found.set(classes, start);
  }
  return found;
}

export function score(
  found: Uint8Array,
  reference: Uint8Array,
  { labels, count }: MnistSet,
): Score {
  return { correct: countEqual(found, labels), changed: count - countEqual(found, reference) };
}
