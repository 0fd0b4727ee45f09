import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import type { MnistSet } from '../../src/build/mnist.ts';
import { type Batch, shuffledBatches } from './batches.ts';
import type { BookModel, TrainingSettings } from './book-model.ts';

export interface EpochLog {
  epoch: number;
  /** Learning rate of the epoch's last step. */
  learningRate: number;
  /** Mean cross-entropy over the epoch's training images, in nats. */
  trainLoss: number;
  /** Of the test images, answered rightly after the epoch. */
  testCorrect: number;
}

/** Adam whose learning rate can be set before each step. */
class ScheduledAdam extends tf.AdamOptimizer {
  setLearningRate(rate: number): void {
    this.learningRate = rate;
  }
}

/**
 * Trains a model with AdamW under a cosine schedule. Everything random comes from
 * `settings.seed`, so the same settings give the same weights, bit for bit.
 */
export function train(
  build: BookModel['build'],
  settings: TrainingSettings,
  data: { train: MnistSet; test: MnistSet },
  onEpoch: (log: EpochLog) => void,
): { model: tf.Sequential; epochs: EpochLog[] } {
  const model = build(settings.seed);
  const optimizer = new ScheduledAdam(settings.learningRate, 0.9, 0.999, 1e-7);
  const rng = xoroshiro128plus(settings.seed);
  const steps = settings.epochs * Math.ceil(data.train.count / settings.batchSize);
  const epochs: EpochLog[] = [];

  let step = 0;
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    let lossSum = 0;
    let learningRate = 0;
    for (const batch of shuffledBatches(data.train, settings.batchSize, settings.maxShift, rng)) {
      learningRate = (settings.learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      optimizer.setLearningRate(learningRate);
      lossSum += trainStep(model, optimizer, batch) * batch.size;
      decayKernels(model, learningRate * settings.weightDecay);
      step++;
    }
    const trainLoss = lossSum / data.train.count;
    const testCorrect = countEqual(answersOf(model, data.test), data.test.labels);
    const log = { epoch, learningRate, trainLoss, testCorrect };
    epochs.push(log);
    onEpoch(log);
  }
  optimizer.dispose();
  return { model, epochs };
}

/** One step of the optimizer; gives the batch's mean cross-entropy before it. */
function trainStep(model: tf.Sequential, optimizer: tf.Optimizer, batch: Batch): number {
  return tf.tidy(() => {
    const images = tf.tensor(batch.images, [
      batch.size,
      ...(model.inputs[0]!.shape.slice(1) as number[]),
    ]);
    const answers = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), 10);
    const loss = optimizer.minimize(
      // From the logits, not from the probabilities: log-softmax does not underflow.
      () => tf.losses.softmaxCrossEntropy(answers, logitsOf(model, images)) as tf.Scalar,
      true,
    );
    return loss!.dataSync()[0]!;
  });
}

/** The model's output before its last layer, the softmax. */
function logitsOf(model: tf.Sequential, images: tf.Tensor): tf.Tensor {
  return model.layers
    .slice(0, -1)
    .reduce((values, layer) => layer.apply(values, { training: true }) as tf.Tensor, images);
}

/** w ← w − rate·w for every kernel of a convolution or dense layer; depthwise kernels, biases and norms are left alone. */
function decayKernels(model: tf.Sequential, rate: number): void {
  if (rate === 0) return;
  tf.tidy(() => {
    for (const layer of model.layers) {
      if (!['Conv2D', 'Dense'].includes(layer.getClassName())) continue;
      const [kernel, ...rest] = layer.getWeights();
      layer.setWeights([tf.mul(kernel!, 1 - rate), ...rest]);
    }
  });
}
