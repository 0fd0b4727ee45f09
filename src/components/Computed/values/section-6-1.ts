/** The recipe run to its end, epoch by epoch: section 6.1. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { McNemar } from '../../../engine/evaluation/mcnemar.ts';
import type { Section61Results } from '../../../../scripts/results/sections/6.1.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

const run = () => sectionResults<Section61Results>('6.1');
const share = (correct: number) => correct / run().testImages;
const afterEpoch = (epoch: number) => run().epochs[epoch - 1]!.correct;

interface Structure {
  id: string;
  int8Correct: number;
  mcNemar: McNemar;
}

/** LeNet-5 in one of the forms of content/results/compression.json. */
function structure(id: 'whole' | 'recipe'): Structure {
  const { structures } = JSON.parse(
    readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8'),
  ) as { structures: { rows: Structure[] } };
  return structures.rows.find((row) => row.id === id)!;
}

const worst = () =>
  run().points.reduce((low, point) => (point.correct < low.correct ? point : low));
const epochOfStep = (step: number) => Math.ceil(step / run().stepsPerEpoch);
const first = () => run().prunings[0]!;
const last = () => run().prunings.at(-1)!;

export const section61Values: Record<string, ComputedEntry> = {
  ...entries('percent2', {
    '6.1.before': () => share(run().before),
    '6.1.epoch-1': () => share(afterEpoch(1)),
    '6.1.epoch-2': () => share(afterEpoch(2)),
    '6.1.after': () => share(run().correct),
    '6.1.whole.int8': () => share(structure('whole').int8Correct),
    '6.1.after.int8': () => share(structure('recipe').int8Correct),
  }),
  ...entries('percent1', {
    '6.1.worst': () => worst().correct / run().validationImages,
  }),
  ...entries('integer', {
    '6.1.before.count': () => run().before,
    '6.1.epoch-2.lost': () => run().before - afterEpoch(2),
    '6.1.lost': () => run().before - run().correct,
    '6.1.epoch-2.gained': () => run().correct - afterEpoch(2),
    '6.1.steps': () => run().steps,
    '6.1.steps-per-epoch': () => run().stepsPerEpoch,
    '6.1.steps-per-epoch.all': () => Math.ceil(60_000 / 32),
    '6.1.steps.in-128': () => 5 * Math.ceil(run().trainImages / 128),
    '6.1.healing': () => run().steps - last().step,
    '6.1.worst.step': () => worst().step,
    '6.1.first.struck': () => first().struck,
    '6.1.last.struck': () => last().struck,
    '6.1.zeros': () => run().zeros,
    '6.1.weights': () => run().weights,
    '6.1.file': () => run().files.final.raw,
    '6.1.file.before': () => run().files.original.raw,
    '6.1.gzip': () => run().files.final.gzip,
    '6.1.gzip.before': () => run().files.original.gzip,
  }),
  ...entries('words', {
    '6.1.prunings': () => run().prunings.length,
    '6.1.let-in': () => run().prunings.reduce((sum, { letIn }) => sum + letIn, 0),
    '6.1.mcnemar.first': () => structure('whole').mcNemar.onlyFirst,
    '6.1.mcnemar.second': () => structure('whole').mcNemar.onlySecond,
  }),
  ...entries('fixed3', { '6.1.mcnemar.p': () => structure('whole').mcNemar.pValue }),
  ...entries('sig3', { '6.1.gain.p': () => run().againstSecondEpoch.pValue }),
  ...entries('code', {
    '6.1.best-epoch': () => ORDINALS[run().bestEpoch]!,
    '6.1.first.epoch': () => ORDINALS[epochOfStep(first().step)]!,
    '6.1.last.epoch': () => ORDINALS[epochOfStep(last().step)]!,
  }),
};
