/** Weights that make up for each other, when one is deleted and when they are rounded: section 5.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section52Results } from '../../../../scripts/results/sections/5.2.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

const WAYS = ['size', 'saliency', 'surgeon'] as const;
const SHARES = [30, 50, 70];
const NETWORKS = ['lenet-5', 'bn-cnn', 'depthwise-net'];

const results = () => sectionResults<Section52Results>('5.2');

const operated = (hundredths: number) =>
  results().operations.find(({ share }) => Math.abs(100 * share - hundredths) < 1e-6)!;
const rounded = (bits: number) => results().rounding.find((each) => each.bits === bits)!;
const shown = (sheets: number) => results().shown.find((each) => each.sheets === sheets)!;

interface Quantized {
  testImages: number;
  models: Record<string, Record<string, { correct: number }>>;
}

let committed: Quantized | undefined;

/** Accuracy of a whole network, rounded one way. */
function network(model: string, way: 'int3' | 'int3-gptq'): number {
  committed ??= JSON.parse(
    readFileSync(join(projectRoot, 'content/results/quantization.json'), 'utf8'),
  ) as Quantized;
  return committed.models[model]![way]!.correct / committed.testImages;
}

/** How wrong the unit’s score is without the second weight of the pair: the first left, and the first moved. */
function withoutSecond(moved: boolean): number {
  const { h, weights } = results().pair;
  const [first, product, second] = h;
  const left = moved ? second - product ** 2 / first : second;
  return Math.abs(weights[1]) * Math.sqrt(left);
}

export const section52Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '5.2.asked': () => results().asked,
    '5.2.measured': () => results().measured,
    '5.2.weights': () => results().weights,
    '5.2.left': () => Math.round(results().weights * (1 - 0.7)),
    ...Object.fromEntries(
      [2, 3, 4].flatMap((bits) =>
        (['nearest', 'gptq'] as const).map((way) => [
          `5.2.round.${way}.read.${bits}`,
          () => rounded(bits)[way].read,
        ]),
      ),
    ),
  }),
  ...entries('sig3', {
    ...Object.fromEntries(
      WAYS.flatMap((way) =>
        SHARES.map((share) => [`5.2.rise.${way}.${share}`, () => operated(share).rise[way]]),
      ),
    ),
  }),
  ...entries('fixed2', {
    '5.2.pair.alone': () => withoutSecond(false),
    '5.2.pair.moved': () => withoutSecond(true),
    '5.2.median-alike': () => results().medianCorrelation,
  }),
  ...entries('fixed3', { '5.2.saliency-of-all': () => results().saliencyOfAll }),
  ...entries('fixed1', {
    ...Object.fromEntries(
      [2, 3, 4].flatMap((bits) =>
        (['nearest', 'gptq'] as const).flatMap((way) =>
          (['weights', 'outputs'] as const).map((what) => [
            `5.2.round.${way}.${what}.${bits}`,
            () => rounded(bits)[way][what],
          ]),
        ),
      ),
    ),
    ...Object.fromEntries(
      [20, 2000].flatMap((sheets) =>
        (['own', 'others'] as const).map((whose) => [
          `5.2.shown.${whose}.${sheets}`,
          () => shown(sheets)[whose],
        ]),
      ),
    ),
  }),
  ...entries('percent1', {
    '5.2.surgeon.share': () => operated(70).rise.surgeon / results().loss,
  }),
  ...entries('percent2', {
    '5.2.read.whole': () => results().read / results().testImages,
    '5.2.read.surgeon.70': () => operated(70).read.surgeon / results().testImages,
    ...Object.fromEntries(
      NETWORKS.flatMap((model) => [
        [`5.2.network.nearest.${model}`, () => network(model, 'int3')],
        [`5.2.network.gptq.${model}`, () => network(model, 'int3-gptq')],
      ]),
    ),
  }),
};
