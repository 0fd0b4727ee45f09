/** Section 5.5: channels cut out of the heavy model, a teacher and none, and lottery tickets. */
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { mcNemar, type McNemar } from '../../../src/engine/evaluation/mcnemar.ts';
import { distillationStep } from '../../../src/engine/training/distill.ts';
import { pruneChannels } from '../../../src/engine/sparsity/index.ts';
import { logitsOf } from '../fine-tune.ts';
import { lotteryOf, type Lottery } from '../lottery.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5'];
export const images = ['train', 'test'] as const;

/** Layers of the heavy model that can lose channels. */
export const CUT_LAYERS = ['conv_1', 'conv_2', 'dense_1'] as const;
export type CutLayer = (typeof CUT_LAYERS)[number];

/** The heavy model with channels cut: of all test images, how many it reads. */
export interface Cut {
  /** The layer that was cut, or all three. */
  where: CutLayer | 'all';
  share: number;
  /** With no training after. */
  correct: number;
  /** After some steps with the whole model as teacher; only where all three are cut. */
  healed: number | null;
}

/** A cut network trained again. */
export interface Lesson {
  /** 0 without a teacher. */
  temperature: number;
  /** Test images read rightly, after each number of steps. */
  correct: number[];
}

export interface Section55Results {
  testImages: number;
  cuts: Cut[];
  healing: { steps: number; batch: number };
  /** The cut of the table, with no training after. */
  tableUntrained: number;
  /** All three layers cut by this share; the labels alone, and the teacher at two temperatures. */
  teaching: { share: number; steps: number[]; rows: Lesson[]; mcNemar: McNemar };
  lottery: Lottery;
}

const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const HEALING = { steps: 100, batch: 32, learningRate: 1e-3 };
/** As in `structures` of the results of compression. */
const TABLE_CUT = { conv_1: 0.4, conv_2: 0.5, dense_1: 0.8 };
const LABELS: Teaching = { temperature: 1, alpha: 0 };
const TEACHING = { share: 0.6, steps: [100, 400], temperatures: [4, 8], alpha: 0.9 };

export async function compute({
  train,
  test,
}: Record<'train' | 'test', MnistSet>): Promise<Section55Results> {
  await startTensorFlow();
  const heavy = await loadModel('lenet-5');
  return {
    testImages: test.count,
    cuts: cutsOf(heavy, train, test),
    healing: { steps: HEALING.steps, batch: HEALING.batch },
    tableUntrained: countEqual(
      answersOf(pruneChannels(heavy, { sparsity: TABLE_CUT, criterion: 'l2' }).model, test),
      test.labels,
    ),
    teaching: teachingOf(heavy, train, test),
    lottery: lotteryOf(train, test),
  };
}

function cutModel(heavy: tf.LayersModel, where: Cut['where'], share: number): tf.LayersModel {
  const layers = where === 'all' ? CUT_LAYERS : [where];
  const sparsity = Object.fromEntries(layers.map((layer) => [layer, share]));
  return pruneChannels(heavy, { sparsity, criterion: 'l2' }).model;
}

function cutsOf(heavy: tf.LayersModel, train: MnistSet, test: MnistSet): Cut[] {
  return (['all', ...CUT_LAYERS] as const).flatMap((where) => {
    const from = where === 'all' ? 0 : heavy.layers.indexOf(heavy.getLayer(where));
    const before = outputsOf(heavy.layers.slice(0, from), test);
    return SHARES.map((share): Cut => {
      const model = cutModel(heavy, where, share);
      const correct = readRightly(model.layers.slice(from), before, test);
      model.dispose();
      const heals = where === 'all' && share > 0;
      const cut = {
        where,
        share,
        correct,
        healed: heals ? countEqual(healed(heavy, share, train, test, LABELS), test.labels) : null,
      };
      console.log('  ', JSON.stringify(cut));
      return cut;
    });
  });
}

const CHUNK = 1000;

/** What some layers make of the test images, a thousand at a time. */
function outputsOf(layers: readonly tf.layers.Layer[], test: MnistSet): tf.Tensor[] {
  return Array.from({ length: test.count / CHUNK }, (_, i) =>
    tf.tidy(() => through(layers, imageBatch(test, i * CHUNK, CHUNK))),
  );
}

const through = (layers: readonly tf.layers.Layer[], inputs: tf.Tensor): tf.Tensor =>
  layers.reduce((values, layer) => layer.apply(values) as tf.Tensor, inputs);

function readRightly(
  layers: readonly tf.layers.Layer[],
  inputs: readonly tf.Tensor[],
  test: MnistSet,
): number {
  return inputs.reduce((sum, chunk, i) => {
    const answers = tf.tidy(() => through(layers, chunk).argMax(1).dataSync());
    return sum + answers.filter((answer, j) => answer === test.labels[i * CHUNK + j]).length;
  }, 0);
}

interface Teaching {
  temperature: number;
  alpha: number;
}

/** What a network with all three layers cut says of the test images after some steps. */
function healed(
  heavy: tf.LayersModel,
  share: number,
  train: MnistSet,
  test: MnistSet,
  teaching: Teaching,
  steps = HEALING.steps,
): Uint8Array {
  const model = cutModel(heavy, 'all', share);
  const optimizer = tf.train.adam(HEALING.learningRate);
  for (let step = 0; step < steps; step++) {
    (optimizer as unknown as { learningRate: number }).learningRate =
      (HEALING.learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
    const [x, y, wanted] = lessonAt(heavy, train, step);
    const logits = (of: tf.LayersModel, inputs: tf.Tensor, training: boolean): tf.Tensor2D =>
      of === heavy ? wanted : logitsOf(of, inputs, training);
    distillationStep(model, heavy, x, y, { optimizer, logits, ...teaching });
    tf.dispose([x, y]);
  }
  optimizer.dispose();
  const answers = answersOf(model, test);
  model.dispose();
  return answers;
}

/** The same network with the labels alone and with a teacher, for a short time and a longer one. */
function teachingOf(
  heavy: tf.LayersModel,
  train: MnistSet,
  test: MnistSet,
): Section55Results['teaching'] {
  const { share, steps, temperatures, alpha } = TEACHING;
  const ways = [LABELS, ...temperatures.map((temperature) => ({ temperature, alpha }))];
  const answers = ways.map((way) =>
    steps.map((count) => healed(heavy, share, train, test, way, count)),
  );
  const rows = ways.map((way, i) => ({
    temperature: way.alpha === 0 ? 0 : way.temperature,
    correct: answers[i]!.map((each) => countEqual(each, test.labels)),
  }));
  console.log('  ', JSON.stringify(rows));
  return {
    share,
    steps,
    rows,
    mcNemar: mcNemar(answers[0]!.at(-1)!, answers.at(-1)!.at(-1)!, test.labels),
  };
}

const lessons = new Map<number, tf.Tensor2D>();

/** A batch, its labels, and what the teacher says to it, which it is asked once. */
function lessonAt(
  teacher: tf.LayersModel,
  set: MnistSet,
  step: number,
): [tf.Tensor4D, tf.Tensor2D, tf.Tensor2D] {
  const from = step * HEALING.batch;
  const x = imageBatch(set, from, HEALING.batch);
  const labels = set.labels.subarray(from, from + HEALING.batch);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10) as tf.Tensor2D);
  if (!lessons.has(step)) {
    lessons.set(
      step,
      tf.tidy(() => logitsOf(teacher, x, false)),
    );
  }
  return [x, y, lessons.get(step)!];
}
