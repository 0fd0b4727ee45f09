/** Section 6.2: the heavy model in five forms and three formats, against the budgets of the device. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../../src/build/project-root.ts';
import { decodeModel } from '../../../src/engine/compression/index.ts';
import { fitsDevice, modelCost } from '../../../src/engine/evaluation/index.ts';
import {
  fakeQuantizeWeights,
  quantizePostTraining,
} from '../../../src/engine/quantization/index.ts';
import { pruneChannels } from '../../../src/engine/sparsity/index.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/index.ts';
import { distillationStep } from '../../../src/engine/training/distill.ts';
import { logitsOf } from '../fine-tune.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-5'];
export const images = ['train', 'test'] as const;

const DEVICE = { flash: 256 * 1024, ram: 64 * 1024 };
/** Sheets on which a channel's worth is measured, and those that the converter calibrates on. */
const WORTH_SHEETS = 500;
const SPECIMENS = 100;
const BATCH = 64;
const LEARNING_RATE = 1e-3;
/** Who reads a layer's channels. */
const READERS = { conv_1: 'conv_2', conv_2: 'dense_1', dense_1: 'logits' } as const;

export const FORMATS = ['float32', 'int8', 'int4'] as const;
export type Format = (typeof FORMATS)[number];

/** One form of the heavy model in one format. */
export interface FormatRow {
  format: Format;
  /** Of the .tflite as it lies in the flash. */
  bytes: number;
  /** Of the arena. */
  ram: number;
  /** Of all test images. */
  correct: number;
}

export interface FormRow {
  id: 'whole' | 'zeros' | 'units' | 'channels' | 'deep';
  /** Share of each layer's channels that is cut. */
  cut: Partial<Record<keyof typeof READERS, number>>;
  /** Batches it was taught afterwards. */
  steps: number;
  parameters: number;
  /** Weights that are zero. */
  zeros: number;
  macs: number;
  formats: FormatRow[];
}

export interface Section62Results {
  testImages: number;
  worthSheets: number;
  batch: number;
  /** Read by LeNet-5 with this share of dense_1 cut, nothing trained: the units of least size, and of least worth. */
  byScore: { cut: number; size: number; worth: number };
  /** What `channels` reads before it is taught, in float. */
  untaught: number;
  forms: FormRow[];
}

const FORMS: Pick<FormRow, 'id' | 'cut' | 'steps'>[] = [
  { id: 'whole', cut: {}, steps: 0 },
  { id: 'zeros', cut: {}, steps: 0 },
  { id: 'units', cut: { dense_1: 0.45 }, steps: 0 },
  { id: 'channels', cut: { conv_1: 0.2, conv_2: 0.4, dense_1: 0.6 }, steps: 60 },
  { id: 'deep', cut: { conv_1: 0.4, conv_2: 0.5, dense_1: 0.8 }, steps: 120 },
];

export async function compute({
  train,
  test,
}: Record<'train' | 'test', MnistSet>): Promise<Section62Results> {
  await startTensorFlow();
  const heavy = await loadModel('lenet-5');
  const criterion = worths(heavy, train);
  const reads = (model: tf.LayersModel): number => countEqual(answersOf(model, test), test.labels);
  const forms: FormRow[] = [];
  let untaught = 0;
  for (const { id, cut, steps } of FORMS) {
    const model =
      id === 'whole'
        ? heavy
        : id === 'zeros'
          ? await deeplyCompressed()
          : pruneChannels(heavy, { sparsity: cut as Record<string, number>, criterion }).model;
    if (id === 'channels') untaught = reads(model);
    teach(model, heavy, train, steps);
    const formats: FormatRow[] = [];
    for (const format of FORMATS) formats.push(await formatRow(model, format, train, test));
    forms.push({
      id,
      cut,
      steps,
      parameters: model.countParams(),
      zeros: zerosOf(model),
      macs: modelCost(model).macs,
      formats,
    });
    console.log('  ', JSON.stringify(forms.at(-1)));
  }
  const cut = FORMS.find(({ id }) => id === 'units')!.cut.dense_1!;
  const bySize = pruneChannels(heavy, { sparsity: { dense_1: cut }, criterion: 'l2' }).model;
  const byWorth = pruneChannels(heavy, { sparsity: { dense_1: cut }, criterion }).model;
  return {
    testImages: test.count,
    worthSheets: WORTH_SHEETS,
    batch: BATCH,
    byScore: { cut, size: reads(bySize), worth: reads(byWorth) },
    untaught,
    forms,
  };
}

/** σ‖w‖ of every channel: how much it varies, times the weights that read it. */
function worths(model: tf.LayersModel, train: MnistSet): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(READERS).map(([name, reader]) => [
      name,
      tf.tidy(() => {
        const { output } = model.getLayer(name) as { output: tf.SymbolicTensor };
        const probe = tf.model({ inputs: model.inputs, outputs: output });
        const said = probe.predict(imageBatch(train, 0, WORTH_SHEETS)) as tf.Tensor;
        const channels = said.shape.at(-1)!;
        const { variance } = tf.moments(said.reshape([-1, channels]), 0);
        const kernel = model.getLayer(reader).getWeights()[0]!;
        const read = kernel
          .reshape([-1, channels, kernel.shape.at(-1)!])
          .square()
          .sum([0, 2]);
        return variance.mul(read).sqrt().dataSync().slice() as Float32Array;
      }),
    ]),
  );
}

/** A few batches with the whole network as teacher, in the order of the images. */
function teach(
  model: tf.LayersModel,
  teacher: tf.LayersModel,
  train: MnistSet,
  steps: number,
): void {
  const optimizer = tf.train.adam(LEARNING_RATE);
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => {
      const from = step * BATCH;
      const x = imageBatch(train, from, BATCH);
      const labels = tf.tensor1d(train.labels.subarray(from, from + BATCH), 'int32');
      const y = tf.oneHot(labels, 10) as tf.Tensor2D;
      distillationStep(model, teacher, x, y, {
        optimizer,
        logits: logitsOf,
        alpha: 0.7,
        temperature: 4,
      });
    });
  }
  optimizer.dispose();
}

async function formatRow(
  model: tf.LayersModel,
  mode: Format,
  train: MnistSet,
  test: MnistSet,
): Promise<FormatRow> {
  const network = await quantizePostTraining(model, {
    mode,
    ...(mode === 'int8' ? { representativeDataset: () => [imageBatch(train, 0, SPECIMENS)] } : {}),
  });
  const file = await TFLiteConverter.fromQuantizedModel(network).convert();
  return {
    format: mode,
    bytes: file.length,
    ram: fitsDevice(network, DEVICE).ramBytes,
    correct: mode === 'int8' ? inIntegers(network, test) : inFloat(model, mode, test),
  };
}

/** In four bits the network computes in float with the weights that were restored. */
function inFloat(model: tf.LayersModel, mode: Format, test: MnistSet): number {
  const given = mode === 'float32' ? model : fakeQuantizeWeights(model, { numBits: 4 });
  return countEqual(answersOf(given, test), test.labels);
}

function inIntegers(
  network: Awaited<ReturnType<typeof quantizePostTraining>>,
  test: MnistSet,
): number {
  let correct = 0;
  for (let from = 0; from < test.count; from += 1000) {
    const said = tf.tidy(() =>
      (network.predict(imageBatch(test, from, 1000)) as tf.Tensor).argMax(1).dataSync(),
    );
    correct += said.filter((figure, i) => figure === test.labels[from + i]).length;
  }
  return correct;
}

/** Pruned, of few values, and trained: as Deep Compression left it. */
async function deeplyCompressed(): Promise<tf.LayersModel> {
  const path = join(projectRoot, 'content/results/deep-compression/lenet-5-paper.bin');
  return decodeModel(new Uint8Array(await readFile(path)));
}

function zerosOf(model: tf.LayersModel): number {
  return model
    .getWeights()
    .filter(({ rank }) => rank > 1)
    .reduce((sum, kernel) => sum + kernel.dataSync().filter((weight) => weight === 0).length, 0);
}
