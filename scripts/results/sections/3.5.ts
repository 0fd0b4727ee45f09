import type * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../../src/build/answers.ts';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import {
  FIRST_PLAN,
  TEST_IMAGES,
  TRAIN_IMAGES,
  type RunPoint,
  type Way,
} from '../../../src/components/figures/PruningSchedule/pruning-plan.ts';
import { runPruning } from '../../../src/components/figures/PruningSchedule/pruning-run.ts';
import { sizeLedger } from '../../../src/engine/compression/index.ts';
import {
  magnitudeMask,
  magnitudePrune,
  mByNMask,
  mByNPrune,
  sparsityOf,
} from '../../../src/engine/sparsity/index.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/converter.ts';
import type { LabelledExamples } from '../../../src/workbench/examples.ts';

export const models = ['lenet-5', 'lenet-300-100'];
export const images = ['train', 'test'] as const;

/** A model pruned once, with no training after. */
export interface OneStroke {
  sparsity: number;
  zeros: number;
  /** Of all test images. */
  correct: number;
}

/** A file, as it is and through gzip. */
export interface FileBytes {
  raw: number;
  gzip: number;
}

/** A pattern of zeros in the last layer of LeNet-300-100. */
export interface Pattern {
  id: 'single' | 'pairs' | 'blocks' | 'two-in-four';
  /** One mask a level, as {@link packMask} writes it; null where the pattern has no such level. */
  masks: (string | null)[];
  /** Share of Σw² that is kept. */
  power: (number | null)[];
}

export interface Section35Results {
  testImages: number;
  /** LeNet-5, every kernel by itself. */
  oneStroke: OneStroke[];
  /** Half of the weights of every kernel that has four input channels: in fours, and anywhere. */
  half: { inFours: OneStroke; anywhere: OneStroke };
  /** LeNet-300-100, `dense_1` and `dense_2` in blocks, with no training after. */
  blocks: { size: [number, number]; correct: number }[];
  blockSparsity: number;
  /** LeNet-5 in eight bits (dynamic range), whole and with nine tenths of zeros. */
  files: Record<'whole' | 'pruned', FileBytes>;
  runs: Record<Way, RunPoint[]>;
  heatmap: {
    /** Of the last layer, [inputs, units], row-major, to three digits. */
    weights: number[];
    levels: number[];
    patterns: Pattern[];
    /** For each level, how many of its connections to `dense_1` each pixel keeps, as {@link packCounts} writes it. */
    pixels: string[];
    /** How many training images have ink in a pixel, written alike. */
    ink: string;
    /** Pixels in which no training image has ink. */
    blank: { pixels: number; weights: number; keptAtHalf: number };
    units: number;
  };
}

const SHARES = [0.5, 0.6, 0.7, 0.8, 0.9];
const BLOCKS: [number, number][] = [
  [1, 1],
  [1, 4],
  [4, 4],
];
const BLOCK_SPARSITY = 0.7;
const LEVELS = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

export async function compute({
  train,
  test,
}: Record<'train' | 'test', MnistSet>): Promise<Section35Results> {
  const heavy = await loadModel('lenet-5');
  const old = await loadModel('lenet-300-100');
  return {
    testImages: test.count,
    oneStroke: SHARES.map((share) => oneStroke(magnitudePrune(heavy, share), test)),
    half: halves(heavy, test),
    blocks: BLOCKS.map((size) => ({ size, correct: inBlocks(old, size, test) })),
    blockSparsity: BLOCK_SPARSITY,
    files: {
      whole: await eightBits(heavy),
      pruned: await eightBits(magnitudePrune(heavy, 0.9)),
    },
    runs: await runs(old, train, test),
    heatmap: heatmap(old, train),
  };
}

/** Scores a model and disposes of it. */
function oneStroke(model: tf.LayersModel, test: MnistSet): OneStroke {
  const { sparsity, zeros } = sparsityOf(model);
  const correct = countEqual(answersOf(model, test), test.labels);
  model.dispose();
  return { sparsity, zeros, correct };
}

function halves(model: tf.LayersModel, test: MnistSet): Section35Results['half'] {
  const { model: inFours, skipped } = mByNPrune(model, [2, 4]);
  const left = new Set(skipped.map(({ layer }) => layer));
  const chosen = sparsityOf(model).layers.filter(({ layer }) => !left.has(layer));
  const anywhere = magnitudePrune(
    model,
    Object.fromEntries(chosen.map(({ layer }) => [layer, 0.5])),
  );
  return { inFours: oneStroke(inFours, test), anywhere: oneStroke(anywhere, test) };
}

function inBlocks(model: tf.LayersModel, blockSize: [number, number], test: MnistSet): number {
  const before = ['dense_1', 'dense_2'].map((name) => {
    const layer = model.getLayer(name);
    const [kernel, bias] = layer.getWeights() as [tf.Tensor, tf.Tensor];
    const copy = kernel.clone();
    const { mask } = magnitudeMask(kernel, BLOCK_SPARSITY, { blockSize });
    layer.setWeights([kernel.mul(mask), bias]);
    return { layer, copy, bias: bias.clone() };
  });
  const correct = countEqual(answersOf(model, test), test.labels);
  for (const { layer, copy, bias } of before) layer.setWeights([copy, bias]);
  return correct;
}

async function eightBits(model: tf.LayersModel): Promise<FileBytes> {
  const converter = TFLiteConverter.fromLayersModel(model);
  converter.optimizations = ['DEFAULT'];
  const rows = sizeLedger(await converter.convert());
  const bytes = (name: string) => rows.find((row) => row.name === name)!.bytes;
  return { raw: bytes('raw'), gzip: bytes('gzip') };
}

async function runs(
  model: tf.LayersModel,
  train: MnistSet,
  test: MnistSet,
): Promise<Section35Results['runs']> {
  const examples = firstOf(train, TRAIN_IMAGES);
  const measured = firstOf(test, TEST_IMAGES);
  const made: [Way, RunPoint[]][] = [];
  for (const way of ['degrees', 'line', 'once'] as const) {
    const points: RunPoint[] = [];
    await runPruning(model, examples, measured, { ...FIRST_PLAN, way }, (point) => {
      points.push({ ...point, sparsity: Number(point.sparsity.toFixed(5)) });
    });
    made.push([way, points]);
  }
  return Object.fromEntries(made) as Section35Results['runs'];
}

function firstOf({ pixels, labels, rows, cols }: MnistSet, count: number): LabelledExamples {
  return {
    count,
    shape: [rows * cols],
    values: pixels.subarray(0, count * rows * cols),
    scale: 1 / 255,
    labels: Int32Array.from(labels.subarray(0, count)),
    source: 'MNIST',
  };
}

function heatmap(model: tf.LayersModel, train: MnistSet): Section35Results['heatmap'] {
  const kernelOf = (name: string) => model.getLayer(name).getWeights()[0]!;
  const last = kernelOf('logits');
  const values = last.dataSync() as Float32Array;
  const pattern = (id: Pattern['id'], maskAt: (level: number) => tf.Tensor | null): Pattern => {
    const masks = LEVELS.map((level) => maskAt(level)?.dataSync() ?? null);
    return {
      id,
      masks: masks.map((mask) => mask && packMask(mask)),
      power: masks.map((mask) => mask && keptPower(values, mask)),
    };
  };
  const inBlocksOf = (blockSize: [number, number]) => (level: number) =>
    magnitudeMask(last, level, { blockSize }).mask;
  const first = kernelOf('dense_1');
  const [inputs, units] = first.shape as [number, number];
  const keptOf = (level: number): number[] => {
    const mask = magnitudeMask(first, level).mask.dataSync();
    const counts = new Array<number>(inputs).fill(0);
    mask.forEach((kept, i) => (counts[Math.floor(i / units)]! += kept));
    return counts;
  };
  const inked = new Array<number>(inputs).fill(0);
  train.pixels.forEach((value, i) => (inked[i % inputs]! += value > 0 ? 1 : 0));
  const blank = inked.flatMap((count, pixel) => (count === 0 ? [pixel] : []));
  const half = keptOf(0.5);
  return {
    weights: Array.from(values, (value) => Number(value.toPrecision(3))),
    levels: LEVELS,
    patterns: [
      pattern('single', inBlocksOf([1, 1])),
      pattern('pairs', inBlocksOf([1, 2])),
      pattern('blocks', inBlocksOf([4, 2])),
      pattern('two-in-four', (level) => (level === 0.5 ? mByNMask(last, [2, 4]) : null)),
    ],
    pixels: LEVELS.map((level) => packCounts(keptOf(level), units)),
    ink: packCounts(inked, train.count),
    blank: {
      pixels: blank.length,
      weights: blank.length * units,
      keptAtHalf: blank.reduce((sum, pixel) => sum + half[pixel]!, 0),
    },
    units,
  };
}

/** Four weights a hexadecimal digit, the first in its highest bit. */
function packMask(mask: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < mask.length; i += 4) {
    let digit = 0;
    for (let j = 0; j < 4; j++) digit = 2 * digit + (mask[i + j] ?? 0);
    text += digit.toString(16);
  }
  return text;
}

/** One character of base 36 each: 0 for none, z for all, and what lies between as a share. */
function packCounts(counts: readonly number[], all: number): string {
  return counts
    .map((count) => {
      if (count === 0) return '0';
      return Math.max(1, Math.round((35 * count) / all)).toString(36);
    })
    .join('');
}

function keptPower(values: Float32Array, mask: ArrayLike<number>): number {
  let [kept, all] = [0, 0];
  values.forEach((value, i) => {
    kept += mask[i]! * value * value;
    all += value * value;
  });
  return Number((kept / all).toFixed(4));
}
