/** Weights deleted by size and by worth, and a forecast taken apart: section 5.1. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrainDamageResults } from '../../../../scripts/results/compression/brain-damage.ts';
import type { Section51Results, Terms } from '../../../../scripts/results/sections/5.1.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** Free parameters of the network in the paper of 1989. */
const PAPER_PARAMETERS = 2578;

const results = () => sectionResults<Section51Results>('5.1');

let measured: { brainDamage: BrainDamageResults; testImages: number } | undefined;

/** What `npm run results` found of both orders, for the whole network. */
function deletions(): { brainDamage: BrainDamageResults; testImages: number } {
  measured ??= JSON.parse(
    readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8'),
  ) as { brainDamage: BrainDamageResults; testImages: number };
  return measured;
}

const row = (hundredths: number) =>
  deletions().brainDamage.rows.find(
    ({ sparsity }) => Math.abs(100 * sparsity - hundredths) < 1e-6,
  )!;
const layer = (name: string) => results().layers.find((each) => each.layer === name)!;
const weights = () => results().layers.reduce((sum, each) => sum + each.weights, 0);

/** Of the half that goes by size, the share which the order of saliency keeps. */
function spared(): number {
  const all = results().layers;
  const bands = Math.sqrt(all[0]!.ranks.length);
  let [struck, kept] = [0, 0];
  for (const { ranks } of all) {
    for (const [at, count] of ranks.entries()) {
      if (Math.floor(at / bands) >= bands / 2) continue;
      struck += count;
      if (at % bands >= bands / 2) kept += count;
    }
  }
  return kept / struck;
}

/** What a part of the rise comes to, in the hundred. */
function part(of: Exclude<keyof Terms, 'share' | 'measured'>, hundredths: number): number {
  const terms = results().terms.find(({ share }) => Math.abs(100 * share - hundredths) < 1e-6)!;
  return (100 * terms[of]) / terms.measured;
}

const SHARES = [30, 50, 60, 70, 80, 90];
const PARTS = ['diagonal', 'slope', 'cross', 'beyond'] as const;

export const section51Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '5.1.images': () => results().images,
    '5.1.weights': weights,
    '5.1.paper.parameters': () => PAPER_PARAMETERS,
  }),
  ...entries('sig3', {
    '5.1.loss': () => deletions().brainDamage.loss,
    '5.1.largest-worthless': () => results().largestWorthless,
    '5.1.smallest-kept': () => results().smallestKept,
    ...Object.fromEntries(
      SHARES.flatMap((share) => [
        [`5.1.rise.size.${share}`, () => row(share).magnitude.increase],
        [`5.1.rise.worth.${share}`, () => row(share).saliency.increase],
        [`5.1.foretold.${share}`, () => row(share).saliency.predicted],
      ]),
    ),
  }),
  ...entries('fixed1', {
    ...Object.fromEntries(
      PARTS.flatMap((of) =>
        [50, 70, 90].map((share) => [`5.1.terms.${of}.${share}`, () => part(of, share)]),
      ),
    ),
  }),
  ...entries('percent1', {
    '5.1.spared': spared,
    '5.1.struck.size.logits': () => layer('logits').struckBySize / layer('logits').weights,
    '5.1.struck.worth.logits': () => layer('logits').struckBySaliency / layer('logits').weights,
    '5.1.foretold.share.50': () => row(50).saliency.predicted / row(50).saliency.increase,
  }),
  ...entries('percent2', {
    '5.1.read.size.80': () => row(80).magnitude.correct / deletions().testImages,
    '5.1.read.worth.80': () => row(80).saliency.correct / deletions().testImages,
  }),
};
