/** What training with the error in view gains, and how late a moving average comes: section 3.4. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section34Results } from '../../../../scripts/results/sections/3.4.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { readMnist } from '../../../build/mnist.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** Of the toolkit’s moving averages. */
const DECAY = 0.999;
const EPOCH_BATCHES = 469;

const results = () => sectionResults<Section34Results>('3.4');
const percent = (correct: number) => (100 * correct) / readMnist('test').labels.length;

/** The light reader in one of the ways of content/results/quantization.json. */
function depthwise(method: string): number {
  const { models, testImages } = JSON.parse(
    readFileSync(join(projectRoot, 'content/results/quantization.json'), 'utf8'),
  ) as { testImages: number; models: Record<string, Record<string, { correct: number }>> };
  return (100 * models['depthwise-net']![method]!.correct) / testImages;
}

export const section34Values: Record<string, ComputedEntry> = {
  ...entries('fixed1', {
    ...Object.fromEntries(
      [4, 3, 2].flatMap((bits) => [
        [`3.4.rounded.${bits}`, () => percent(results().correct[bits]!.rounded)],
        [`3.4.trained.${bits}`, () => percent(results().correct[bits]!.trained)],
      ]),
    ),
  }),
  ...entries('fixed2', {
    '3.4.depthwise.float': () => depthwise('float32'),
    '3.4.depthwise.int8': () => depthwise('int8'),
    '3.4.depthwise.qat8': () => depthwise('qat-int8'),
    '3.4.depthwise.int4': () => depthwise('int4'),
    '3.4.depthwise.qat4': () => depthwise('qat-w4a8'),
  }),
  ...entries('percent1', {
    '3.4.share-of-start.469': () => DECAY ** EPOCH_BATCHES,
  }),
  ...entries('integer', {
    '3.4.steps': () => results().steps,
    '3.4.batches-to-one-in-a-hundred': () => Math.ceil(Math.log(0.01) / Math.log(DECAY)),
  }),
};
