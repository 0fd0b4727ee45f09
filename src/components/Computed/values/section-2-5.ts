/** Section 2.5: what each bargain costs the heavy model, from the committed results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

const BARGAINS = ['float32', 'float16', 'dynamic', 'int8', 'int16x8', 'int4'] as const;
type Bargain = (typeof BARGAINS)[number];

interface Results {
  bargains: Record<Bargain, { fileBytes: number; ramBytes: number; logitsSqnr?: number }>;
}

const FLASH = 256 * 1024;
const RAM = 64 * 1024;

const of = (bargain: Bargain) => sectionResults<Results>('2.5').bargains[bargain];
/** Signal over noise of the scores as a ratio of powers. */
const ratio = (bargain: Bargain) => 10 ** (of(bargain).logitsSqnr! / 10);

let table: Record<string, Record<string, { correct: number }>> | undefined;

/** Share of the 10,000 test images that a model reads, from the table of quantization. */
function accuracy(model: string, method: string): number {
  table ??= (
    JSON.parse(
      readFileSync(join(projectRoot, 'content', 'results', 'quantization.json'), 'utf8'),
    ) as { models: typeof table }
  ).models;
  return table![model]![method]!.correct / 10_000;
}

function each(
  head: string,
  bargains: readonly Bargain[],
  value: (bargain: Bargain) => number,
): Record<string, () => number> {
  return Object.fromEntries(bargains.map((name) => [`2.5.${head}.${name}`, () => value(name)]));
}

const rounded = BARGAINS.filter((name) => name !== 'float32');

export const section25Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    ...each('file', BARGAINS, (name) => of(name).fileBytes),
    ...each('ram', BARGAINS, (name) => of(name).ramBytes),
  }),
  ...entries('fixed1', {
    ...each('sqnr', rounded, (name) => of(name).logitsSqnr!),
    // Noise powers add, so what the weights do not account for is the activations'.
    '2.5.activations-sqnr': () => -10 * Math.log10(1 / ratio('int8') - 1 / ratio('int16x8')),
    '2.5.int4-over-ram': () => of('int4').ramBytes / RAM,
    '2.5.sixteen-over-eight': () => 20 * Math.log10(2 ** 8),
  }),
  ...entries('fixed2', {
    '2.5.int4-over-flash': () => of('int4').fileBytes / FLASH,
    '2.5.int8-over-flash': () => of('int8').fileBytes / FLASH,
  }),
  ...entries('percent2', {
    ...each('accuracy', BARGAINS, (name) => accuracy('lenet-5', name)),
    '2.5.accuracy.trained-int8': () => accuracy('lenet-5', 'qat-int8'),
    '2.5.light.int4': () => accuracy('depthwise-net', 'int4'),
    '2.5.light.trained-int4': () => accuracy('depthwise-net', 'qat-w4a8'),
    '2.5.light.float32': () => accuracy('depthwise-net', 'float32'),
  }),
};
