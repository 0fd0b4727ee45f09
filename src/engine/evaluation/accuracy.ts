import type * as tf from '@tensorflow/tfjs';
import { answersOf, requireLabels, type Predictor } from './answers.ts';
import { wilsonInterval, type Interval } from './wilson-interval.ts';

/** How often a model is right, and how sure that is. */
export interface Accuracy {
  correct: number;
  total: number;
  /** correct/total. */
  accuracy: number;
  /** Wilson's interval. */
  interval: Interval;
  confidence: number;
}

/**
 * Counts right answers, and says how far chance alone could have moved the count.
 *
 * @param model - anything with `predict`: a model of TensorFlow.js, or a {@link QuantizedModel}
 * @param inputs - examples [n, …]
 * @param labels - the n right classes, as indices
 * @param options - `confidence` of the interval, 0.95 unless told
 * @returns `{correct, total, accuracy, interval, confidence}`
 * @throws ReaderError `outputs-not-classes`, `labels-do-not-fit`, `label-not-a-class`, `confidence-out-of-range`
 * @example
 * ```ts
 * import { evaluation, tf } from 'heavy-weights';
 *
 * const model = { predict: (x: tf.Tensor) => x };
 * const { correct, interval } = await evaluation.accuracy(model, tf.eye(4), [0, 1, 2, 0]);
 * console.log(correct, interval.low.toFixed(2), interval.high.toFixed(2)); // 3 0.30 0.95
 * ```
 * @see {@link wilsonInterval}
 */
export async function accuracy(
  model: Predictor,
  inputs: tf.Tensor,
  labels: ArrayLike<number>,
  { confidence = 0.95 }: { confidence?: number } = {},
): Promise<Accuracy> {
  requireLabels(labels, inputs.shape[0] ?? 0);
  const answers = await answersOf(model, inputs);
  const total = answers.length;
  let correct = 0;
  for (let i = 0; i < total; i++) if (answers[i] === labels[i]) correct++;
  const interval = wilsonInterval(correct, total, confidence);
  return { correct, total, accuracy: correct / total, interval, confidence };
}
