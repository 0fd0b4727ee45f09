import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireNumber } from '../numerics/arguments.ts';

/** How much a student learns from its teacher. */
export interface DistillationOptions {
  /** Softens both answers; 1 or more, 4 unless told. */
  temperature?: number;
  /** Share of the teacher, 0 … 1; 0.9 unless told. The rest is the share of the labels. */
  alpha?: number;
}

/**
 * The loss of a student that learns from a teacher's whole answers and not from the right ones alone: how wrong the
 * wrong ones are tells more than that they are.
 *
 * L = α·T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)) + (1 − α)·CE(labels, softmax(z_s)), means over the batch, in nats; T²
 * keeps the gradient of the first term as large as without the temperature.
 *
 * @param studentLogits - [n, classes], before the softmax
 * @param teacherLogits - [n, classes]
 * @param labels - one-hot rows [n, classes]
 * @param options - `temperature` (4 unless told), `alpha` (0.9 unless told)
 * @returns a scalar, differentiable in the student's logits
 * @throws ReaderError `shapes-differ`, `temperature-below-1`, `alpha-out-of-range`
 * @example
 * ```ts
 * import { tf, training } from 'heavy-weights';
 *
 * const teacher = tf.tensor2d([[2, 0]]);
 * const labels = tf.tensor2d([[1, 0]]);
 * const same = training.distillationLoss(teacher, teacher, labels, { alpha: 1 });
 * console.log(same.dataSync()[0]!.toFixed(6)); // 0.000000
 * ```
 * @see G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531, 2015
 */
export function distillationLoss(
  studentLogits: tf.Tensor2D,
  teacherLogits: tf.Tensor2D,
  labels: tf.Tensor2D,
  options: DistillationOptions = {},
): tf.Scalar {
  const { temperature, alpha } = readOptions(options);
  const shapes = [studentLogits, teacherLogits, labels].map(({ shape }) => `[${shape.join(', ')}]`);
  if (new Set(shapes).size > 1) {
    throw new ReaderError({
      code: 'shapes-differ',
      explain: `studentLogits, teacherLogits and labels must have one shape; they have ${shapes.join(', ')}.`,
    });
  }
  return tf.tidy(() => {
    const soft = tf.softmax(tf.div(teacherLogits, temperature)) as tf.Tensor2D;
    const logTeacher = tf.logSoftmax(tf.div(teacherLogits, temperature));
    const logStudent = tf.logSoftmax(tf.div(studentLogits, temperature));
    const divergence = tf.mean(tf.sum(tf.mul(soft, tf.sub(logTeacher, logStudent)), 1));
    const hard = tf.mean(tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(studentLogits)), 1)));
    return tf.add(
      tf.mul(divergence, alpha * temperature ** 2),
      tf.mul(hard, 1 - alpha),
    ) as tf.Scalar;
  });
}

/** What one step of distillation works with. */
export interface DistillationStep extends DistillationOptions {
  /** Moves the student's weights. */
  optimizer: tf.Optimizer;
  /** Gives the logits of a model for a batch; the model's own output unless told. */
  logits?: (model: tf.LayersModel, inputs: tf.Tensor, training: boolean) => tf.Tensor2D;
}

/**
 * One step of training a student on a teacher's answers.
 *
 * The gradient of {@link distillationLoss} over the student's trainable weights; the teacher runs without training.
 *
 * @param student - the model that learns; its weights are changed
 * @param teacher - the model it learns from, with the same classes
 * @param inputs - a batch [n, …]
 * @param labels - one-hot rows [n, classes]
 * @param step - `optimizer`, `temperature`, `alpha`, `logits`
 * @returns the loss before the step
 * @throws ReaderError those of {@link distillationLoss}
 * @example
 * ```ts
 * import { tf, training } from 'heavy-weights';
 *
 * const linear = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] });
 * const [student, teacher] = [linear(), linear()];
 * const optimizer = tf.train.adam(0.1);
 * const [x, labels] = [tf.eye(2), tf.eye(2)];
 * const first = training.distillationStep(student, teacher, x, labels, { optimizer });
 * let last = first;
 * for (let i = 0; i < 50; i++) last = training.distillationStep(student, teacher, x, labels, { optimizer });
 * console.log(last < first); // true
 * ```
 * @see G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531, 2015
 */
export function distillationStep(
  student: tf.LayersModel,
  teacher: tf.LayersModel,
  inputs: tf.Tensor,
  labels: tf.Tensor2D,
  { optimizer, logits = outputsOf, ...options }: DistillationStep,
): number {
  return tf.tidy(() => {
    const wanted = logits(teacher, inputs, false);
    const weights = student.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const loss = optimizer.minimize(
      () => distillationLoss(logits(student, inputs, true), wanted, labels, options),
      true,
      weights,
    );
    return loss!.dataSync()[0]!;
  });
}

function outputsOf(model: tf.LayersModel, inputs: tf.Tensor, training: boolean): tf.Tensor2D {
  return model.apply(inputs, { training }) as tf.Tensor2D;
}

function readOptions({
  temperature = 4,
  alpha = 0.9,
}: DistillationOptions): Required<DistillationOptions> {
  requireNumber('temperature', temperature);
  requireNumber('alpha', alpha);
  if (temperature < 1) {
    throw new ReaderError({
      code: 'temperature-below-1',
      explain: `temperature must be at least 1; it is ${temperature}.`,
      hint: 'Values from 2 to 10 soften the answers; 1 leaves them as they are.',
    });
  }
  if (alpha < 0 || alpha > 1) {
    throw new ReaderError({
      code: 'alpha-out-of-range',
      explain: `alpha must be from 0 to 1; it is ${alpha}.`,
    });
  }
  return { temperature, alpha };
}
