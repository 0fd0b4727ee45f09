import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { sizeLedger } from '../../../src/engine/compression/index.ts';
import { mcNemar, type McNemar } from '../../../src/engine/evaluation/mcnemar.ts';
import {
  PolynomialDecay,
  pruneLowMagnitude,
  sparsityOf,
  stripPruning,
  UpdatePruningStep,
} from '../../../src/engine/sparsity/index.ts';
import { prunedLayers } from '../../../src/engine/sparsity/pruned-layers.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/converter.ts';
import { ModelCheckpoint } from '../../../src/engine/training/model-checkpoint.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5'];
export const images = ['train', 'test'] as const;

const EPOCHS = 5;
const TRAIN_IMAGES = 15_000;
const VALIDATION_IMAGES = 1000;
/** Steps from one look at the network to the next; the schedule's own frequency. */
const EVERY = 100;

/** After an epoch, as `fit` reports it. */
export interface RecipeEpoch {
  loss: number;
  valLoss: number;
  valAccuracy: number;
  /** Of all test images. */
  correct: number;
}

/** After a step, in the middle of training. */
export interface RecipePoint {
  step: number;
  /** Mean of the batches since the last point. */
  loss: number;
  /** Of the validation images. */
  correct: number;
}

/** One renewal of the masks. */
export interface RecipePruning {
  step: number;
  /** What the schedule asked for. */
  sparsity: number;
  /** Weights struck out that were there, and let in that were not. */
  struck: number;
  letIn: number;
  /** Smallest size kept in `dense_1`. */
  threshold: number;
}

export interface Section61Results {
  testImages: number;
  trainImages: number;
  validationImages: number;
  steps: number;
  stepsPerEpoch: number;
  weights: number;
  before: number;
  epochs: RecipeEpoch[];
  points: RecipePoint[];
  prunings: RecipePruning[];
  /** From 1: the epoch that ModelCheckpoint keeps, and the zeros in it. */
  bestEpoch: number;
  bestZeros: number;
  /** Of the stripped model. */
  correct: number;
  zeros: number;
  /** Test images that only one of two reads: the model as it was and the final one; that after the second epoch and it. */
  againstOriginal: McNemar;
  againstSecondEpoch: McNemar;
  /** The int8 files of both, as they are and through gzip. */
  files: Record<'original' | 'final', { raw: number; gzip: number }>;
}

/** The recipe of the section, step for step as its cell runs it, looked at every hundred steps. */
export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<Section61Results> {
  await startTensorFlow();
  const original = await loadModel('lenet-5');
  const decay = new PolynomialDecay({
    initialSparsity: 0.5,
    finalSparsity: 0.9,
    beginStep: 1000,
    endStep: 2000,
  });
  const pruned = pruneLowMagnitude(original, { pruningSchedule: decay });
  pruned.compile({
    optimizer: tf.train.adam(0.001),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const [x, y] = examples(train, TRAIN_IMAGES);
  const [valX, valY] = examples(test, VALIDATION_IMAGES);
  const watch = new Watch(pruned, decay, valX, test.labels.subarray(0, VALIDATION_IMAGES));
  const checkpoint = new ModelCheckpoint({ monitor: 'val_loss' });
  const epochs: RecipeEpoch[] = [];
  const answers: Uint8Array[] = [];
  const answersAfter = (epoch: number): Uint8Array => (answers[epoch] = answersOf(pruned, test));
  await pruned.fit(x, y, {
    epochs: EPOCHS,
    batchSize: 32,
    shuffle: false,
    validationData: [valX, valY],
    verbose: 0,
    yieldEvery: 'never',
    callbacks: [
      new UpdatePruningStep(),
      checkpoint,
      new tf.CustomCallback({
        onBatchEnd: async (_, logs) => watch.afterStep(numberOf(logs?.['loss'])),
        onEpochEnd: async (epoch, logs) => {
          epochs.push({
            loss: numberOf(logs?.['loss']),
            valLoss: numberOf(logs?.['val_loss']),
            valAccuracy: numberOf(logs?.['val_acc']),
            correct: countEqual(answersAfter(epoch), test.labels),
          });
        },
      }),
    ],
  });
  const stripped = stripPruning(pruned);
  const { zeros, weights } = sparsityOf(stripped);
  const found = answersOf(stripped, test);
  const files = {
    original: await bytesOf(original, x),
    final: await bytesOf(stripped, x),
  };
  const reference = answersOf(original, test);
  checkpoint.restore();
  return {
    testImages: test.count,
    trainImages: TRAIN_IMAGES,
    validationImages: VALIDATION_IMAGES,
    steps: watch.step,
    stepsPerEpoch: watch.step / EPOCHS,
    weights,
    before: countEqual(reference, test.labels),
    epochs,
    points: watch.points,
    prunings: watch.prunings,
    bestEpoch: checkpoint.bestEpoch! + 1,
    bestZeros: sparsityOf(stripPruning(pruned)).zeros,
    correct: countEqual(found, test.labels),
    zeros,
    againstOriginal: mcNemar(reference, found, test.labels),
    againstSecondEpoch: mcNemar(answers[1]!, found, test.labels),
    files,
  };
}

/** Looks at a network while it trains, and changes nothing that the training would not. */
class Watch {
  readonly #model: tf.LayersModel;
  readonly #decay: PolynomialDecay;
  readonly #x: tf.Tensor4D;
  readonly #labels: Uint8Array;
  #masks: Float32Array[];
  #losses: number[] = [];
  step = 0;
  readonly points: RecipePoint[] = [];
  readonly prunings: RecipePruning[] = [];

  constructor(model: tf.LayersModel, decay: PolynomialDecay, x: tf.Tensor4D, labels: Uint8Array) {
    this.#model = model;
    this.#decay = decay;
    this.#x = x;
    this.#labels = labels;
    this.#masks = masksOf(model);
  }

  afterStep(loss: number): void {
    this.step += 1;
    this.#losses.push(loss);
    const { shouldPrune, sparsity } = this.#decay.at(this.step);
    if (shouldPrune) this.#notePruning(sparsity);
    if (this.step % EVERY !== 0) return;
    // Reading masks the weights, as the next step would before anything else: no mask is renewed in it.
    const answers = tf.tidy(() => (this.#model.predict(this.#x) as tf.Tensor).argMax(1));
    const found = answers.dataSync();
    answers.dispose();
    const correct = this.#labels.filter((label, i) => label === found[i]).length;
    const sum = this.#losses.reduce((total, each) => total + each, 0);
    this.points.push({ step: this.step, loss: sum / this.#losses.length, correct });
    this.#losses = [];
  }

  #notePruning(sparsity: number): void {
    const before = this.#masks;
    this.#masks = masksOf(this.#model);
    let [struck, letIn] = [0, 0];
    this.#masks.forEach((mask, layer) => {
      mask.forEach((kept, i) => {
        if (kept < before[layer]![i]!) struck += 1;
        if (kept > before[layer]![i]!) letIn += 1;
      });
    });
    const dense = prunedLayers(this.#model).find(({ name }) => name.endsWith('dense_1'))!;
    const { threshold } = dense.summaries()[0]!;
    this.prunings.push({ step: this.step, sparsity, struck, letIn, threshold });
  }
}

function masksOf(model: tf.LayersModel): Float32Array[] {
  return prunedLayers(model)
    .flatMap(({ weights }) => weights.filter(({ name }) => /mask(_\d+)?$/.test(name)))
    .map((mask) => mask.read().dataSync().slice() as Float32Array);
}

function examples(set: MnistSet, count: number): [tf.Tensor4D, tf.Tensor2D] {
  const labels = tf.tensor1d(set.labels.subarray(0, count), 'int32');
  return [imageBatch(set, 0, count), tf.tidy(() => tf.oneHot(labels, 10).toFloat() as tf.Tensor2D)];
}

/** Of the .tflite that the cell makes. */
async function bytesOf(
  model: tf.LayersModel,
  images: tf.Tensor4D,
): Promise<{ raw: number; gzip: number }> {
  const converter = TFLiteConverter.fromLayersModel(model);
  converter.optimizations = ['DEFAULT'];
  converter.representativeDataset = function* () {
    yield images.slice(0, 200);
  };
  const rows = sizeLedger(await converter.convert());
  const of = (name: string): number => rows.find((row) => row.name === name)!.bytes;
  return { raw: of('raw'), gzip: of('gzip') };
}

function numberOf(value: unknown): number {
  return value instanceof tf.Tensor ? value.dataSync()[0]! : Number(value);
}
