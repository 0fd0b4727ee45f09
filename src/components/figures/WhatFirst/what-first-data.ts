/** The rows of the table with their evidence, out of the committed results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section43Results } from '../../../../scripts/results/sections/4.3.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionSources } from '../../../build/section-sources.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { Row } from './what-first.ts';

interface Structure {
  id: string;
  macs: number;
  mcNemar: { onlyFirst: number; onlySecond: number; pValue: number };
  bytes: { float32: number; int8: number };
  int8Correct: number;
}
interface Compression {
  deepCompression: {
    networks: Record<
      string,
      {
        floatBytes: number;
        floatCorrect: number;
        results: { stage: string; bytes: number; ratio: number; correct: number }[];
      }
    >;
  };
  structures: { rows: Structure[] };
}

const TESTED = 10_000;
const read = <T>(file: string): T =>
  JSON.parse(readFileSync(join(projectRoot, 'content/results', file), 'utf8')) as T;

const whole = (count: number): string => count.toLocaleString('en-GB');
const percent = (correct: number): string => `${((100 * correct) / TESTED).toFixed(2)}%`;

/** All rows, in the order of the table. */
export function tableRows(): Row[] {
  const { models } = read<{
    models: Record<string, Record<string, { correct: number; changed: number }>>;
  }>('quantization.json');
  const { deepCompression, structures } = read<Compression>('compression.json');
  const { arenas } = sectionResults<Section43Results>('4.3');
  const bargains = sectionResults<{ bargains: Record<string, { fileBytes: number }> }>(
    '2.5',
  ).bargains;

  const heavy = (way: string): number => models['lenet-5']![way]!.correct;
  const light = (way: string): number => models['depthwise-net']![way]!.correct;
  const mistakes = (before: number, after: number) => ({
    before: TESTED - before,
    after: TESTED - after,
  });
  const file = (way: string): number => bargains[way]!.fileBytes;
  const structure = (id: string): Structure => structures.rows.find((row) => row.id === id)!;
  const [full, zeros] = [structure('whole'), structure('ninety')];
  const [fewer, fours] = [structure('channels'), structure('two-in-four')];
  const deep = deepCompression.networks['lenet-5']!;
  const smallest = deep.results.reduce((least, row) => (row.bytes < least.bytes ? row : least));
  const p = (value: number): string => (value < 0.01 ? value.toFixed(3) : value.toFixed(2));

  return [
    {
      id: 'integers',
      when: 'It is in float, and there are specimens',
      first: 'Int8 throughout, a scale to each channel',
      did: `Heavy model ${percent(heavy('float32'))} → ${percent(heavy('int8'))}, light reader ${percent(light('float32'))} → ${percent(light('int8'))}; a quarter of the bytes.`,
      section: '3.1',
      cost: { what: 'bytes of the file', before: file('float32'), after: file('int8') },
      mistakes: mistakes(heavy('float32'), heavy('int8')),
    },
    {
      id: 'no-data',
      when: 'There are no specimens, and the device has floats',
      first: 'Dynamic range: weights in int8, the rest measured as it runs',
      did: `${percent(heavy('float32'))} → ${percent(heavy('dynamic'))}, and ${percent(light('float32'))} → ${percent(light('dynamic'))}.`,
      section: '2.5',
      cost: { what: 'bytes of the file', before: file('float32'), after: file('dynamic') },
      mistakes: mistakes(heavy('float32'), heavy('dynamic')),
    },
    {
      id: 'half',
      when: 'Half the bytes are few enough',
      first: 'Float16, for safety',
      did: `${models['lenet-5']!['float16']!.changed === 0 ? 'Not one answer' : `${models['lenet-5']!['float16']!.changed} answers`} of ${whole(TESTED)} changed. Where it runs it is unpacked.`,
      section: '2.5',
      cost: { what: 'bytes of the file', before: file('float32'), after: file('float16') },
      mistakes: mistakes(heavy('float32'), heavy('float16')),
    },
    {
      id: 'doubt',
      when: 'You cannot say whether it reads worse',
      first: 'The answers that changed, counted and tested',
      did: `Fewer channels: ${fewer.mcNemar.onlyFirst} lost, ${fewer.mcNemar.onlySecond} won, p = ${p(fewer.mcNemar.pValue)}. Two zeros in four: ${fours.mcNemar.onlyFirst} and ${fours.mcNemar.onlySecond}, p = ${p(fours.mcNemar.pValue)}.`,
      section: '4.1',
      mistakes: mistakes(heavy('float32'), fewer.int8Correct),
    },
    {
      id: 'ranges',
      when: 'It reads worse in int8, with weights in order',
      first: 'The drawer and the ranges; 16 bits for activations as a test',
      did: `Light reader: ${percent(light('int8'))} in int8, ${percent(light('int16x8'))} with activations in 16 bits.`,
      section: '3.2',
      mistakes: mistakes(light('int8'), light('int16x8')),
    },
    {
      id: 'depthwise',
      when: 'It reads worse, and has depthwise layers',
      first: 'A scale to each channel; then the biases corrected',
      did: `In four bits: ${percent(light('int4-per-tensor'))} with one scale, ${percent(light('int4'))} with many, ${percent(light('int4-bias'))} corrected.`,
      section: '3.3',
      mistakes: mistakes(light('int4-per-tensor'), light('int4-bias')),
    },
    {
      id: 'few-bits',
      when: 'Fewer than eight bits, and no training',
      first: 'Rounding that is learned, up or down, layer by layer',
      did: `Light reader in three bits: ${percent(light('int3'))} → ${percent(light('int3-adaround'))}.`,
      section: '5.3',
      mistakes: mistakes(light('int3'), light('int3-adaround')),
    },
    {
      id: 'train',
      when: 'The same, with answers and hours',
      first: 'Training with the error in view',
      did: `Weights in four bits: ${percent(light('int4'))} rounded after, ${percent(light('qat-w4a8'))} trained so.`,
      section: '3.4',
      mistakes: mistakes(light('int4'), light('qat-w4a8')),
    },
    {
      id: 'flash',
      when: 'It is in int8, and the flash is too small',
      first: 'Fewer channels, trained again',
      did: `${whole(full.bytes.int8)} → ${whole(fewer.bytes.int8)} bytes at ${percent(fewer.int8Correct)}. With nine tenths of zeros it stays at ${whole(zeros.bytes.int8)}.`,
      section: '5.5',
      cost: { what: 'bytes of weights', before: full.bytes.int8, after: fewer.bytes.int8 },
      mistakes: mistakes(full.int8Correct, fewer.int8Correct),
    },
    {
      id: 'download',
      when: 'It has to be sent, and there is room where it unpacks',
      first: 'Pruned, clustered, coded',
      did: `${whole(deep.floatBytes)} → ${whole(smallest.bytes)} bytes, ${smallest.ratio.toFixed(0)} times, at ${percent(smallest.correct)}.`,
      section: '5.6',
      cost: { what: 'bytes to send', before: deep.floatBytes, after: smallest.bytes },
      mistakes: mistakes(deep.floatCorrect, smallest.correct),
    },
    {
      id: 'memory',
      when: 'The working memory is too small',
      first: 'Activations in int8; then smaller maps, and not fewer weights',
      did: `The heavy model’s arena: ${whole(arenas.heavyFloat.ramBytes)} → ${whole(arenas.heavyInt8.ramBytes)} bytes.`,
      section: '4.3',
      cost: {
        what: 'bytes of memory',
        before: arenas.heavyFloat.ramBytes,
        after: arenas.heavyInt8.ramBytes,
      },
      mistakes: mistakes(heavy('float32'), heavy('int8')),
    },
    {
      id: 'slow',
      when: 'It is too slow',
      first: 'A measurement on the device; then fewer multiplications',
      did: `Fewer channels: ${whole(full.macs)} → ${whole(fewer.macs)}. Nine tenths of zeros: ${whole(zeros.macs)}.`,
      section: '4.4',
      cost: { what: 'multiplications', before: full.macs, after: fewer.macs },
      mistakes: mistakes(heavy('float32'), fewer.int8Correct),
    },
  ];
}

/** Where a section lies below the site’s base; nothing while it is not written. */
export function sectionPath(number: string): string | undefined {
  const section = sectionSources().find((source) => source.number === number);
  return section && `chapters/${section.chapter}/${section.slug}/`;
}
