/** Every way to round nine weights, rounding that is learned, loud units, and bits shared out: section 5.3. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { allRoundings, type Filter } from '../../figures/UpOrDown/up-or-down.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** What `npm run results -- sections:5.3` writes; gains in dB. */
export interface Section53Results {
  filters: Filter[];
  learned: {
    bits: number;
    weights: number;
    otherWay: number;
    layers: { layer: string; gain: number }[];
  };
  smooth: {
    units: number;
    louder: number;
    trained: number;
    spread: number;
    float: number;
    int8: number;
    byAlpha: { alpha: number; correct: number; spread: number }[];
  };
  mixed: {
    images: number;
    sensitivity: { layer: string; numBits: number; bytes: number; error: number }[];
    budgets: {
      uniform: number;
      budgetBytes: number;
      alike: number;
      bits: Record<string, number>;
      bytes: number;
      mixed: number;
    }[];
  };
}

const results = () => sectionResults<Section53Results>('5.3');
const roundings = () => results().filters.map((filter) => allRoundings(filter, 4, false));
/** The filter with most to gain. */
const told = (): number => {
  const gains = roundings().map(
    ({ decibels, best, nearest }) => decibels[best]! - decibels[nearest]!,
  );
  return gains.indexOf(Math.max(...gains));
};
const filter = () => roundings()[told()]!;
const budget = (bits: number) => results().mixed.budgets.find(({ uniform }) => uniform === bits)!;
const share = (correct: number): number => correct / results().mixed.images;

/** Share of the test images that the light reader reads, rounded in one of the ways of the committed table. */
function accuracy(method: string): number {
  const path = join(projectRoot, 'content', 'results', 'quantization.json');
  const { testImages, models } = JSON.parse(readFileSync(path, 'utf8')) as {
    testImages: number;
    models: Record<string, Record<string, { correct: number }>>;
  };
  return models['depthwise-net']![method]!.correct / testImages;
}

const METHODS = ['', '-bias', '-gptq', '-adaround'];
const LAYERS = ['conv_4_pointwise', 'depthwise_2', 'conv_1', 'logits'];

export const section53Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '5.3.ways.nearest-best': () =>
      roundings().filter(({ rank, nearest }) => rank[nearest] === 0).length,
    '5.3.ways.filter': () => told() + 1,
    '5.3.ways.rank': () => filter().rank[filter().nearest]!,
    '5.3.ways.turned': () => [...(filter().best ^ filter().nearest).toString(2)].filter((bit) => bit === '1').length, // prettier-ignore
    '5.3.learned.weights': () => results().learned.weights,
    ...Object.fromEntries(
      LAYERS.map((layer) => [`5.3.mixed.bits.${layer}`, () => budget(4).bits[layer]!]),
    ),
    ...Object.fromEntries(
      [3, 4, 5].map((bits) => [`5.3.mixed.bytes.${bits}`, () => budget(bits).budgetBytes]),
    ),
  }),
  ...entries('fixed1', {
    '5.3.ways.nearest': () => filter().decibels[filter().nearest]!,
    '5.3.ways.best': () => filter().decibels[filter().best]!,
    '5.3.learned.most': () => Math.max(...results().learned.layers.map(({ gain }) => gain)),
    '5.3.smooth.trained': () => results().smooth.trained,
  }),
  ...entries('percent1', {
    '5.3.learned.share': () => results().learned.otherWay / results().learned.weights,
  }),
  ...entries('percent2', {
    ...Object.fromEntries(
      METHODS.flatMap((method) =>
        ['int4', 'int3'].map((bits) => [
          `5.3.light.${bits}${method}`,
          () => accuracy(`${bits}${method}`),
        ]),
      ),
    ),
    '5.3.smooth.float': () => share(results().smooth.float),
    '5.3.smooth.int8': () => share(results().smooth.int8),
    '5.3.smooth.half': () =>
      share(results().smooth.byAlpha.find(({ alpha }) => alpha === 0.5)!.correct),
    ...Object.fromEntries(
      [3, 4, 5].flatMap((bits) => [
        [`5.3.mixed.alike.${bits}`, () => share(budget(bits).alike)],
        [`5.3.mixed.shared.${bits}`, () => share(budget(bits).mixed)],
      ]),
    ),
  }),
};
