/** Folds, ranges of channels, the trouble made by hand, and shifts of rounded layers: section 3.3. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { PairLayer } from '../../figures/Equalization/equalization.ts';
import { type ComputedEntry, entries } from './entry.ts';

interface LayerResult {
  name: string;
  depthwise: boolean;
  channels: number;
  /** The largest size in the channel that reaches least far, and in the one that reaches farthest. */
  smallest: number;
  largest: number;
  tensor: { 8: number; 4: number };
  channel: { 8: number; 4: number };
}

/** What `npm run results -- sections:3.3` writes. */
export interface Section33Results {
  fold: {
    layersBefore: number;
    layersAfter: number;
    parametersBefore: number;
    parametersAfter: number;
    largest: number;
    smallestFactor: number;
    largestFactor: number;
  };
  layers: LayerResult[];
  equalized: LayerResult[];
  factors: { smallestFactor: number; largestFactor: number };
  made: {
    /** The light reader as it was trained, ReLU6 and all. */
    light: number;
    images: number;
    spread: number;
    float: number;
    tensor: { 8: number };
    channel: { 8: number };
    equalized: { 8: number };
  };
  shift: { layer: string; before: number; after: number };
  pair: [PairLayer, PairLayer];
}

const results = () => sectionResults<Section33Results>('3.3');
const DEPTHWISE = ['depthwise_2', 'depthwise_3', 'depthwise_4'];
/** Channel ranges of networks that one scale a layer ruins differ by more than this (Jacob et al.). */
const THEIRS = 100;

const find = (name: string, which: 'layers' | 'equalized' = 'layers') =>
  results()[which].find((layer) => layer.name === name)!;
const ratio = (name: string, which?: 'layers' | 'equalized'): number =>
  find(name, which).largest / find(name, which).smallest;
const widest = (): number => Math.max(...DEPTHWISE.map((name) => ratio(name)));

/** Share of the test images that the light reader reads by a method of docs/results.md. */
function light(method: string): number {
  const path = join(projectRoot, 'content', 'results', 'quantization.json');
  const { testImages, models } = JSON.parse(readFileSync(path, 'utf8')) as {
    testImages: number;
    models: Record<string, Record<string, { correct: number }>>;
  };
  return models['depthwise-net']![method]!.correct / testImages;
}
const METHODS = [
  'float32',
  'int8',
  'int8-per-tensor',
  'int4',
  'int4-bias',
  'int4-per-tensor',
  'int4-equalized',
  'int4-per-tensor-bias',
];

export const section33Values: Record<string, ComputedEntry> = {
  ...entries('percent2', {
    ...Object.fromEntries(METHODS.map((method) => [`3.3.light.${method}`, () => light(method)])),
  }),
  ...entries('fixed1', {
    ...Object.fromEntries(
      DEPTHWISE.flatMap((name) => [
        [`3.3.ratio.${name}`, () => ratio(name)],
        [`3.3.bits-lost.${name}`, () => Math.log2(ratio(name))],
        [`3.3.tensor.4.${name}`, () => find(name).tensor[4]],
        [`3.3.channel.4.${name}`, () => find(name).channel[4]],
        [`3.3.tensor.8.${name}`, () => find(name).tensor[8]],
        [`3.3.channel.8.${name}`, () => find(name).channel[8]],
        [`3.3.equal.ratio.${name}`, () => ratio(name, 'equalized')],
        [`3.3.equal.4.${name}`, () => find(name, 'equalized').tensor[4]],
      ]),
    ),
    '3.3.ratio.widest': widest,
    '3.3.left.ours.8': () => 8 - Math.log2(widest()),
    '3.3.left.ours.4': () => 4 - Math.log2(widest()),
    '3.3.lost.theirs': () => Math.log2(THEIRS),
    '3.3.left.theirs.8': () => 8 - Math.log2(THEIRS),
    // As many bits as leave the smallest channel of the light reader what theirs has at eight.
    '3.3.same-place': () => 8 - Math.log2(THEIRS / widest()),
  }),
  ...entries('fixed2', {
    '3.3.factor.smallest': () => results().fold.smallestFactor,
    '3.3.factor.largest': () => results().fold.largestFactor,
    '3.3.factor.depthwise.smallest': () => results().factors.smallestFactor,
    '3.3.factor.depthwise.largest': () => results().factors.largestFactor,
    '3.3.shift.before': () => results().shift.before,
  }),
  ...entries('percent1', {
    '3.3.made.light': () => results().made.light / results().made.images,
    '3.3.made.float': () => results().made.float / results().made.images,
    '3.3.made.tensor': () => results().made.tensor[8] / results().made.images,
    '3.3.made.channel': () => results().made.channel[8] / results().made.images,
    '3.3.made.equalized': () => results().made.equalized[8] / results().made.images,
  }),
  ...entries('integer', {
    '3.3.fold.parameters': () => results().fold.parametersBefore - results().fold.parametersAfter,
    '3.3.made.images': () => results().made.images,
    '3.3.made.spread': () => results().made.spread,
  }),
  ...entries('sig3', { '3.3.fold.largest': () => results().fold.largest }),
};
