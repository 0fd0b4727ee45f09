/** The light reader, two rules for a range, a zero that is not exact and codes rounded five ways: section 2.1. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelFacts } from '../../../build/model-facts.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { chooseQuantizationParams } from '../../../engine/numerics/index.ts';
import { driftOf } from '../../figures/RoundingDrift/rounding-drift.ts';
import { codeCounts } from '../../figures/RoundingDrift/rounding-drift-data.ts';
import { ROUNDINGS, type Rounding } from '../../figures/RoundingDrift/roundings.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { FLASH_BYTES } from './lenet.ts';

interface BorderErrors {
  corner: number;
  inside: number;
}

/** What `npm run results -- sections:2.1` writes. */
export interface Section21Results {
  layers: { name: string; min: number; max: number }[];
  quantiles: Record<string, number[]>;
  padding: {
    step: number;
    exactZeroPoint: number;
    errorAtZero: number;
    between: BorderErrors;
    exact: BorderErrors;
  };
  sums: Record<Rounding, number>;
}

const results = () => sectionResults<Section21Results>('2.1');
const padding = () => results().padding;
const lightParameters = () =>
  modelFacts('depthwise-net').reduce((sum, { values }) => sum + values.length, 0);

/** Share of the test images that a network of the book reads in float. */
function accuracy(model: 'lenet-5' | 'depthwise-net'): number {
  const path = join(projectRoot, 'content', 'results', 'quantization.json');
  const { testImages, models } = JSON.parse(readFileSync(path, 'utf8')) as {
    testImages: number;
    models: Record<typeof model, { float32: { correct: number } }>;
  };
  return models[model].float32.correct / testImages;
}

/** How much wider a step of the symmetric rule is, for what a layer sends on. */
function scaleRatio(layer: string): number {
  const range = results().layers.find(({ name }) => name === layer)!;
  const symmetric = chooseQuantizationParams(range, { symmetric: true });
  return symmetric.scale / chooseQuantizationParams(range).scale;
}

/** A drift that is nought to three places is written without a sign. */
const drift = (rounding: Rounding, side: 'right' | 'outwards') => {
  const value = driftOf(codeCounts(), 1, rounding)[side];
  return Math.abs(value) < 0.0005 ? 0 : value;
};

const LAYERS = ['conv_1', 'pool_1', 'conv_2', 'pool_2', 'dense_1', 'logits'];
const WAYS = Object.keys(ROUNDINGS) as Rounding[];

export const section21Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '2.1.light.parameters': lightParameters,
    '2.1.light.bytes': () => 4 * lightParameters(),
    '2.1.zero-point': () => Math.round(padding().exactZeroPoint),
  }),
  ...entries('percent2', {
    '2.1.light.accuracy': () => accuracy('depthwise-net'),
    '2.1.heavy.accuracy': () => accuracy('lenet-5'),
  }),
  ...entries('percent1', { '2.1.light.flash': () => (4 * lightParameters()) / FLASH_BYTES }),
  ...entries('fixed2', {
    '2.1.exact-zero-point': () => padding().exactZeroPoint,
    ...Object.fromEntries(LAYERS.map((name) => [`2.1.ratio.${name}`, () => scaleRatio(name)])),
  }),
  ...entries('fixed3', {
    '2.1.most-ratio': () => 255 / 127,
    ...Object.fromEntries(
      WAYS.flatMap((way) => [
        [`2.1.drift.${way}.right`, () => drift(way, 'right')],
        [`2.1.drift.${way}.outwards`, () => drift(way, 'outwards')],
        [`2.1.sums.${way}`, () => results().sums[way]],
      ]),
    ),
  }),
  ...entries('sig3', {
    '2.1.step': () => padding().step,
    '2.1.error-at-zero': () => padding().errorAtZero,
    '2.1.between.corner': () => padding().between.corner,
    '2.1.between.inside': () => padding().between.inside,
    '2.1.exact.corner': () => padding().exact.corner,
    '2.1.exact.inside': () => padding().exact.inside,
  }),
  ...entries('fixed1', {
    '2.1.corner-times': () => padding().between.corner / padding().exact.corner,
  }),
};
