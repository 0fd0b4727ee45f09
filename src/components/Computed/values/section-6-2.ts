/** The heavy model against its budgets: section 6.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Format,
  FormRow,
  Section62Results,
} from '../../../../scripts/results/sections/6.2.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { FLASH_BYTES, RAM_BYTES } from './lenet.ts';

const results = () => sectionResults<Section62Results>('6.2');

function form(id: FormRow['id']): FormRow {
  return results().forms.find((row) => row.id === id)!;
}

const measured = (id: FormRow['id'], format: Format) =>
  form(id).formats.find((row) => row.format === format)!;
const share = (correct: number) => correct / results().testImages;

interface Structure {
  id: string;
  int8Correct: number;
  bytes: { float32Gzip: number; int8: number; int8Gzip: number };
}

let structures: Structure[] | undefined;

/** What the long runs of `content/results/compression.json` left. */
function structure(id: string): Structure {
  structures ??= (
    JSON.parse(readFileSync(join(projectRoot, 'content/results/compression.json'), 'utf8')) as {
      structures: { rows: Structure[] };
    }
  ).structures.rows;
  return structures.find((row) => row.id === id)!;
}

const kernels = () => modelFacts('lenet-5').filter(({ role }) => role === 'kernel');
const kernelWeights = () => kernels().reduce((sum, { values }) => sum + values.length, 0);
const weightsOf = (layer: string) => kernels().find((each) => each.layer === layer)!.values.length;

/** Bytes of codes and biases in int8, and multiplications, with so many channels. */
export function costOf(k1: number, k2: number, u: number): { bytes: number; macs: number } {
  return {
    bytes: 25 * k1 + 25 * k1 * k2 + 16 * k2 * u + 10 * u + 4 * (k1 + k2 + u + 10),
    macs: 14_400 * k1 + 1_600 * k1 * k2 + 16 * k2 * u + 10 * u,
  };
}

const left = (layer: 'conv_1' | 'conv_2' | 'dense_1', channels: number) =>
  Math.round(channels * (1 - (form('channels').cut[layer] ?? 0)));
const planned = () =>
  [left('conv_1', 20), left('conv_2', 50), left('dense_1', 500)] as [number, number, number];

export const section62Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '6.2.whole.bytes': () => measured('whole', 'int8').bytes,
    '6.2.whole.over': () => measured('whole', 'int8').bytes - FLASH_BYTES,
    '6.2.whole.macs': () => form('whole').macs,
    '6.2.whole.formula': () => costOf(20, 50, 500).bytes,
    '6.2.int4.bytes': () => measured('whole', 'int4').bytes,
    '6.2.int4.ram': () => measured('whole', 'int4').ram,
    '6.2.kernel-weights': kernelWeights,
    '6.2.unpacked': () => 4 * kernelWeights(),
    '6.2.conv_2-uses': () => 64 * weightsOf('conv_2'),
    '6.2.units.bytes': () => measured('units', 'int8').bytes,
    '6.2.units.macs': () => form('units').macs,
    '6.2.worth.sheets': () => results().worthSheets,
    '6.2.plan.k1': () => planned()[0],
    '6.2.plan.k2': () => planned()[1],
    '6.2.plan.u': () => planned()[2],
    '6.2.channels.bytes': () => measured('channels', 'int8').bytes,
    '6.2.channels.ram': () => measured('channels', 'int8').ram,
    '6.2.channels.macs': () => form('channels').macs,
    '6.2.channels.steps': () => form('channels').steps,
    '6.2.channels.int4.ram': () => measured('channels', 'int4').ram,
    '6.2.batch': () => results().batch,
    '6.2.deep.bytes': () => measured('deep', 'int8').bytes,
    '6.2.deep.float-bytes': () => measured('deep', 'float32').bytes,
    '6.2.deep.steps': () => form('deep').steps,
    '6.2.deep.missing': () => 9850 - measured('deep', 'int8').correct,
    '6.2.long.bytes': () => structure('channels').bytes.int8,
    '6.2.misread': () => results().testImages * 0.015,
  }),
  ...entries('percent2', {
    '6.2.recipe.accuracy': () => share(structure('recipe').int8Correct),
    '6.2.int4.accuracy': () => share(measured('whole', 'int4').correct),
    '6.2.units.accuracy': () => share(measured('units', 'int8').correct),
    '6.2.by-size': () => share(results().byScore.size),
    '6.2.by-worth': () => share(results().byScore.worth),
    '6.2.untaught': () => share(results().untaught),
    '6.2.channels.accuracy': () => share(measured('channels', 'int8').correct),
    '6.2.deep.float': () => share(measured('deep', 'float32').correct),
    '6.2.deep.int8': () => share(measured('deep', 'int8').correct),
    '6.2.long.accuracy': () => share(structure('channels').int8Correct),
  }),
  ...entries('percent1', {
    '6.2.cut': () => results().byScore.cut,
    '6.2.dense_1-share': () => (16 * 50 * 500) / costOf(20, 50, 500).bytes,
    '6.2.conv_2-share': () => (1_600 * 20 * 50) / costOf(20, 50, 500).macs,
  }),
  ...entries('fixed1', {
    '6.2.recipe.zipped': () =>
      structure('whole').bytes.float32Gzip / structure('recipe').bytes.int8Gzip,
    '6.2.int4.ram-times': () => measured('whole', 'int4').ram / RAM_BYTES,
  }),
};
