/** Weights struck out at one stroke and by degrees, and what their zeros save: section 3.5. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section35Results } from '../../../../scripts/results/sections/3.5.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import {
  FIRST_PLAN,
  FREQUENCY,
  TEST_IMAGES,
  TRAIN_IMAGES,
  heldSparsity,
  type Way,
} from '../../figures/PruningSchedule/pruning-plan.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { FLASH_BYTES } from './lenet.ts';

const WAYS: readonly Way[] = ['degrees', 'line', 'once'];
const CODE_BITS = 8;
/** A place in a group of four. */
const PLACE_BITS = 2;

const results = () => sectionResults<Section35Results>('3.5');

/** LeNet-5 in one of the forms of content/results/compression.json, each trained again. */
function healed(form: 'whole' | 'ninety' | 'two-in-four'): number {
  const { structures, testImages } = JSON.parse(
    readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8'),
  ) as { testImages: number; structures: { rows: { id: string; correct: number }[] } };
  return structures.rows.find(({ id }) => id === form)!.correct / testImages;
}

let smallerHalf: number | undefined;

/** The share of Σw² that the smaller half of `dense_1` of LeNet-5 holds. */
function powerOfSmallerHalf(): number {
  if (smallerHalf === undefined) {
    const kernel = modelFacts('lenet-5').find(({ name }) => name === 'dense_1/kernel')!;
    const powers = Float64Array.from(kernel.values, (value) => value * value).sort();
    const sum = (some: Float64Array) => some.reduce((total, power) => total + power, 0);
    smallerHalf = sum(powers.subarray(0, powers.length / 2)) / sum(powers);
  }
  return smallerHalf;
}

const oneStroke = (share: number) => {
  const found = results().oneStroke.find(({ sparsity }) => Math.abs(sparsity - share) < 1e-6)!;
  return found.correct / results().testImages;
};
const atEnd = (way: Way) => results().runs[way].at(-1)!.correct;
const atWorst = (way: Way) => Math.min(...results().runs[way].map(({ correct }) => correct));

/** Of the weights that are left, the share which the last pruning of the book’s run takes. */
function lastTaken(way: Exclude<Way, 'once'>): number {
  const held = (step: number) => heldSparsity({ ...FIRST_PLAN, way }, step);
  const [before, after] = [held(FIRST_PLAN.endStep - 1), held(FIRST_PLAN.endStep)];
  return (after - before) / (1 - before);
}

const heavyWeights = () =>
  modelFacts('lenet-5')
    .filter(({ role }) => role === 'kernel')
    .reduce((sum, { values }) => sum + values.length, 0);
const emptiedZeros = () =>
  results().oneStroke.find(({ sparsity }) => Math.abs(sparsity - 0.9) < 1e-6)!.zeros;
const maskBytes = () => Math.ceil(heavyWeights() / 8);
const inBlocks = (size: string) =>
  results().blocks.find(({ size: [height, width] }) => `${height}x${width}` === size)!.correct /
  results().testImages;

export const section35Values: Record<string, ComputedEntry> = {
  ...entries('percent2', {
    ...Object.fromEntries(
      [0.5, 0.6, 0.7, 0.8, 0.9].map((share) => [
        `3.5.stroke.${100 * share}`,
        () => oneStroke(share),
      ]),
    ),
    '3.5.whole': () => healed('whole'),
    '3.5.ninety.healed': () => healed('ninety'),
    '3.5.fours.healed': () => healed('two-in-four'),
    '3.5.fours': () => results().half.inFours.correct / results().testImages,
    '3.5.anywhere': () => results().half.anywhere.correct / results().testImages,
    ...Object.fromEntries(
      ['1x1', '1x4', '4x4'].map((size) => [`3.5.blocks.${size}`, () => inBlocks(size)]),
    ),
  }),
  ...entries('percent1', {
    '3.5.power.half': powerOfSmallerHalf,
    '3.5.line.last-taken': () => lastTaken('line'),
    '3.5.degrees.last-taken': () => lastTaken('degrees'),
  }),
  ...entries('fixed1', {
    '3.5.sqnr.half': () => -10 * Math.log10(powerOfSmallerHalf()),
    '3.5.bits.ninety': () => 1 + (1 - 0.9) * CODE_BITS,
  }),
  ...entries('integer', {
    ...Object.fromEntries(
      WAYS.flatMap((way) => [
        [`3.5.${way}.end`, () => atEnd(way)],
        [`3.5.${way}.worst`, () => atWorst(way)],
      ]),
    ),
    '3.5.run.end-step': () => FIRST_PLAN.endStep,
    '3.5.run.train-images': () => TRAIN_IMAGES,
    '3.5.run.test-images': () => TEST_IMAGES,
    '3.5.file.whole': () => results().files.whole.raw,
    '3.5.file.pruned': () => results().files.pruned.raw,
    '3.5.file.whole.gzip': () => results().files.whole.gzip,
    '3.5.file.pruned.gzip': () => results().files.pruned.gzip,
    '3.5.file.mask': () => maskBytes() + heavyWeights() - emptiedZeros(),
    '3.5.flash': () => FLASH_BYTES,
    '3.5.blank.pixels': () => results().heatmap.blank.pixels,
    '3.5.blank.weights': () => results().heatmap.blank.weights,
    '3.5.blank.kept': () => results().heatmap.blank.keptAtHalf,
    '3.5.fours.bits': () => 2 * CODE_BITS + 2 * PLACE_BITS,
    '3.5.fours.bits.whole': () => 4 * CODE_BITS,
  }),
  ...entries('words', { '3.5.run.frequency': () => FREQUENCY }),
};
