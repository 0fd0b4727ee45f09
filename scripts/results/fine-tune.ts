import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import * as tf from '@tensorflow/tfjs';
import type { MnistSet } from '../../src/build/mnist.ts';
import { distillationStep } from '../../src/engine/training/distill.ts';
import { shuffledBatches } from '../train-models/batches.ts';

/** How a model that was made smaller learns again. */
export interface FineTuning {
  steps: number;
  batchSize: number;
  /** Of Adam at the start; it falls to zero along half a cosine. */
  learningRate: number;
  seed: number;
}

/** What runs before every step, and at the end: the callbacks of pruning, above all. */
export interface StepHooks {
  beforeStep?: () => void;
  afterTraining?: () => void;
}

/** Images are moved by so many pixels, as when the book's models were trained. */
const MAX_SHIFT = 1;
/** The teacher's share of the loss and how soft its answers are. */
const DISTILLATION = { alpha: 0.7, temperature: 4 } as const;

/**
 * Trains a Sequential-like model on its teacher's answers and the labels. Everything random comes from the seed, so
 * that the same weights come out again.
 */
export function fineTune(
  model: tf.LayersModel,
  teacher: tf.LayersModel,
  train: MnistSet,
  { steps, batchSize, learningRate, seed }: FineTuning,
  { beforeStep, afterTraining }: StepHooks = {},
): void {
  const optimizer = tf.train.adam(learningRate);
  const rng = xoroshiro128plus(seed);
  let batches = shuffledBatches(train, batchSize, MAX_SHIFT, rng);
  for (let step = 0; step < steps; step++) {
    const rate = (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
    (optimizer as unknown as { learningRate: number }).learningRate = rate;
    let next = batches.next();
    if (next.done || next.value.size < batchSize) {
      batches = shuffledBatches(train, batchSize, MAX_SHIFT, rng);
      next = batches.next();
    }
    const { images, labels } = next.value!;
    beforeStep?.();
    tf.tidy(() => {
      const shape = model.inputs[0]!.shape.slice(1) as number[];
      const x = tf.tensor(images, [batchSize, ...shape]);
      const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10) as tf.Tensor2D;
      distillationStep(model, teacher, x, y, { optimizer, logits: logitsOf, ...DISTILLATION });
    });
  }
  optimizer.dispose();
  afterTraining?.();
}

/** The output before the last layer, the softmax, of a model whose layers follow one another. */
export function logitsOf(model: tf.LayersModel, inputs: tf.Tensor, training: boolean): tf.Tensor2D {
  return model.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .slice(0, -1)
    .reduce(
      (values, layer) => layer.apply(values, { training }) as tf.Tensor,
      inputs,
    ) as tf.Tensor2D;
}
