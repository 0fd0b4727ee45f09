import type * as tf from '@tensorflow/tfjs';
import { answersOf, requireLabels, type Predictor } from './answers.ts';

/**
 * Counts for each class what it was taken for.
 *
 * matrix[i][j] = examples of class i that were answered j: right answers lie on the diagonal.
 *
 * @param model - anything with `predict`
 * @param inputs - examples [n, …]
 * @param labels - the n right classes, as indices
 * @returns a square matrix; its size is one more than the largest class that is answered or right
 * @throws ReaderError `outputs-not-classes`, `labels-do-not-fit`, `label-not-a-class`
 * @example
 * ```ts
 * import { evaluation, tf } from 'heavy-weights';
 *
 * const model = { predict: (x: tf.Tensor) => x };
 * console.log(await evaluation.confusionMatrix(model, tf.eye(2), [0, 0])); // [ [ 1, 1 ], [ 0, 0 ] ]
 * ```
 * @see `tf.math.confusion_matrix`
 */
export async function confusionMatrix(
  model: Predictor,
  inputs: tf.Tensor,
  labels: ArrayLike<number>,
): Promise<number[][]> {
  requireLabels(labels, inputs.shape[0] ?? 0);
  const answers = await answersOf(model, inputs);
  const size = 1 + answers.reduce((most, answer, i) => Math.max(most, answer, labels[i]!), 0);
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  answers.forEach((answer, i) => matrix[labels[i]!]![answer]!++);
  return matrix;
}
