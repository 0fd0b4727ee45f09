import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';

/** Anything that answers a batch: a model of TensorFlow.js, or a quantized one. */
export interface Predictor {
  predict(inputs: tf.Tensor): tf.Tensor | tf.Tensor[];
}

/** Examples that are answered at once. */
const BATCH = 256;

/**
 * The class that a model gives each example: the index of its largest output, the first of equal ones.
 *
 * @param model - a model with one input and one output [n, classes]
 * @param inputs - examples, [n, …]
 * @throws ReaderError `outputs-not-classes`
 * @internal
 */
export async function answersOf(model: Predictor, inputs: tf.Tensor): Promise<Int32Array> {
  const [count = 0] = inputs.shape;
  const answers = new Int32Array(count);
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const classes = tf.tidy(() => {
      const batch = inputs.slice([start], [size]);
      const outputs = model.predict(batch);
      if (Array.isArray(outputs) || outputs.rank !== 2) throw notClasses(outputs);
      return tf.argMax(outputs, 1);
    });
    answers.set((await classes.data()) as Int32Array, start);
    classes.dispose();
  }
  return answers;
}

function notClasses(outputs: tf.Tensor | tf.Tensor[]): ReaderError {
  const what = Array.isArray(outputs)
    ? `${outputs.length} outputs`
    : `outputs of shape [${outputs.shape.join(', ')}]`;
  return new ReaderError({
    code: 'outputs-not-classes',
    explain: `A model that classifies gives one tensor [examples, classes]; this one gives ${what}.`,
  });
}

/** Labels must be as many as the answers, and classes. @internal */
export function requireLabels(labels: ArrayLike<number>, count: number): void {
  if (labels?.length !== count) {
    throw new ReaderError({
      code: 'labels-do-not-fit',
      explain: `There must be one label for each of the ${count} examples; there are ${labels?.length ?? 'none'}.`,
      hint: 'Labels are the indices of classes, 0, 1, 2, …, not one-hot rows.',
    });
  }
  for (let i = 0; i < count; i++) {
    if (Number.isInteger(labels[i]) && labels[i]! >= 0) continue;
    throw new ReaderError({
      code: 'label-not-a-class',
      explain: `labels[${i}] must be the index of a class; it is ${String(labels[i])}.`,
      hint: 'One-hot rows become indices by tf.argMax(rows, 1).',
    });
  }
}
