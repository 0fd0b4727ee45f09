/** Section 6.4: what the book’s methods came to, from the committed results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section62Results } from '../../../../scripts/results/sections/6.2.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

interface Structure {
  id: string;
  bytes: { float32: number; int8: number };
}
type Ways = Record<string, { correct: number }>;

const TESTED = 10_000;
/** Trainable parameters of the network of 1998 (lecun1998). */
const OF_1998 = 60_000;
const FLOAT_BYTES = 4;

const kept = new Map<string, unknown>();
function read<T>(file: string): T {
  if (!kept.has(file))
    kept.set(file, JSON.parse(readFileSync(join(projectRoot, 'content/results', file), 'utf8')));
  return kept.get(file) as T;
}

function structure(id: string): Structure {
  const { rows } = read<{ structures: { rows: Structure[] } }>('compression.json').structures;
  return rows.find((row) => row.id === id)!;
}
const way = (model: string, name: string): number =>
  read<{ models: Record<string, Ways> }>('quantization.json').models[model]![name]!.correct /
  TESTED;
/** The file that went into the case: section 6.2. */
const shipped = (): number =>
  sectionResults<Section62Results>('6.2')
    .forms.find(({ id }) => id === 'channels')!
    .formats.find(({ format }) => format === 'int8')!.bytes;
const parameters = (): number =>
  modelFacts('lenet-5').reduce((sum, { values }) => sum + values.length, 0);

export const section64Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '6.4.float.bytes': () => structure('whole').bytes.float32,
    '6.4.original.bytes': () => OF_1998 * FLOAT_BYTES,
  }),
  ...entries('fixed1', {
    '6.4.gain.int8': () => structure('whole').bytes.float32 / structure('whole').bytes.int8,
    '6.4.gain.channels': () => structure('whole').bytes.int8 / structure('channels').bytes.int8,
    '6.4.gain.shipped': () => structure('whole').bytes.float32 / shipped(),
    '6.4.original.ratio': () => parameters() / OF_1998,
  }),
  ...entries('percent2', {
    '6.4.light.int4.one': () => way('depthwise-net', 'int4-per-tensor'),
    '6.4.light.int4.many': () => way('depthwise-net', 'int4'),
    '6.4.light.int4.bias': () => way('depthwise-net', 'int4-bias'),
    '6.4.light.int4.trained': () => way('depthwise-net', 'qat-w4a8'),
  }),
};
