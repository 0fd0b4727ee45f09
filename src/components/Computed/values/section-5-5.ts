/** Channels cut, two in four under the roof, tickets and teachers: section 5.5. */
import type { StructureRow } from '../../../../scripts/results/compression/structures.ts';
import { readCompression } from '../../../../scripts/results/compression/results-file.ts';
import type { Section44Results } from '../../../../scripts/results/sections/4.4.ts';
import type { Beginning } from '../../../../scripts/results/lottery.ts';
import type { Section55Results } from '../../../../scripts/results/sections/5.5.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { roofline } from '../../../engine/evaluation/index.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { channelsLeft, costOf } from '../../figures/Channels/channels.ts';

const results = () => sectionResults<Section55Results>('5.5');
const accuracy = (correct: number) => correct / results().testImages;

const FORMS = ['whole', 'ninety', 'channels'] as const;
const structure = (id: string): StructureRow =>
  readCompression().structures.rows.find((row) => row.id === id)!;

function cut(share: number) {
  return results().cuts.find((one) => one.where === 'all' && one.share === share)!;
}

const int8Bytes = (share: number) => costOf(channelsLeft('all', share)).bytes;

/** The press of 4.4, and one that multiplies twice as fast where there are fours. */
const PRESS = { peakOperations: 100e9, bandwidth: 10e9 };
const FOURS = { bits: 2 * 8 + 2 * 2, of: 4 * 8, times: 2 };
const LAYERS = ['conv_1', 'conv_2', 'dense_1', 'logits'];

/** Least time of a layer of the heavy model in int8, whole or with two zeros in every four. */
function seconds(layer: string, inFours: boolean): number {
  const network = sectionResults<Section44Results>('4.4').networks['lenet-5']!;
  const { macs, weightBytes, activationBytes } = network.int8.operators[LAYERS.indexOf(layer)]!;
  const pruned = inFours && layer !== 'conv_1'; // of one input channel no fours can be made
  return roofline({
    operations: 2 * macs,
    bytes: (pruned ? FOURS.bits / FOURS.of : 1) * weightBytes + activationBytes,
    peakOperations: PRESS.peakOperations * (pruned ? FOURS.times : 1),
    bandwidth: PRESS.bandwidth,
  }).seconds;
}

const all = (inFours: boolean) => LAYERS.reduce((sum, layer) => sum + seconds(layer, inFours), 0);
const gain = (layer: string) => seconds(layer, false) / seconds(layer, true);

const lottery = () => results().lottery;
const ROUNDS = [1, 2, 3, 4, 5];

function ticket(round: number, beginning: Beginning): string {
  const own = lottery().rows.filter((row) => row.beginning === beginning);
  return inWords(own[round - 1]!.correct);
}

const inWords = (counts: readonly number[]) =>
  counts.map((count) => count.toLocaleString('en-GB')).join(', ');

export const section55Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    ...Object.fromEntries(
      FORMS.flatMap((form) => [
        [`5.5.table.${form}.bytes`, () => structure(form).bytes.int8],
        [`5.5.table.${form}.gzip`, () => structure(form).bytes.int8Gzip],
        [`5.5.table.${form}.macs`, () => structure(form).macs],
      ]),
    ),
    '5.5.table.channels.lost': () => structure('channels').mcNemar.onlyFirst,
    '5.5.table.channels.won': () => structure('channels').mcNemar.onlySecond,
    '5.5.cut.40.bytes': () => int8Bytes(0.4),
    '5.5.healing.steps': () => results().healing.steps,
    '5.5.healing.batch': () => results().healing.batch,
    '5.5.teaching.first': () => results().teaching.steps[0]!,
    '5.5.teaching.last': () => results().teaching.steps.at(-1)!,
    '5.5.teaching.won': () => results().teaching.mcNemar.onlySecond,
    '5.5.teaching.lost': () => results().teaching.mcNemar.onlyFirst,
    '5.5.lottery.parameters': () => lottery().parameters,
    '5.5.lottery.first': () => lottery().steps[0]!,
    '5.5.lottery.last': () => lottery().steps.at(-1)!,
  }),
  ...entries('percent2', {
    ...Object.fromEntries(
      FORMS.map((form) => [
        `5.5.table.${form}.accuracy`,
        () => accuracy(structure(form).int8Correct),
      ]),
    ),
    '5.5.table.untrained': () => accuracy(results().tableUntrained),
    '5.5.cut.40.correct': () => accuracy(cut(0.4).correct),
    '5.5.cut.40.healed': () => accuracy(cut(0.4).healed!),
    ...Object.fromEntries(
      ['labels', 'four', 'eight'].flatMap((way, row) =>
        ['first', 'last'].map((when, column) => [
          `5.5.teaching.${way}.${when}`,
          () => accuracy(results().teaching.rows[row]!.correct[column]!),
        ]),
      ),
    ),
  }),
  ...entries('percent1', {
    '5.5.cut.half-share': () => int8Bytes(0.5) / int8Bytes(0),
    ...Object.fromEntries(
      ROUNDS.map((round) => [
        `5.5.lottery.kept.${round}`,
        () => lottery().rows.filter(({ beginning }) => beginning === 'own')[round - 1]!.kept,
      ]),
    ),
  }),
  ...entries('fixed3', {
    '5.5.table.channels.p': () => structure('channels').mcNemar.pValue,
    '5.5.teaching.p': () => results().teaching.mcNemar.pValue,
    '5.5.fours.ratio': () => FOURS.bits / FOURS.of,
  }),
  ...entries('fixed2', {
    '5.5.fours.total': () => all(false) / all(true),
    '5.5.fours.conv_2': () => gain('conv_2'),
    '5.5.fours.dense_1': () => gain('dense_1'),
  }),
  ...entries('fixed1', { '5.5.fours.memory': () => FOURS.of / FOURS.bits }),
  ...entries('words', { '5.5.lottery.seeds': () => lottery().seeds }),
  ...entries('code', {
    '5.5.lottery.whole': () => inWords(lottery().whole),
    ...Object.fromEntries(
      ROUNDS.flatMap((round) =>
        (['own', 'other'] as const).map((beginning) => [
          `5.5.lottery.${beginning}.${round}`,
          () => ticket(round, beginning),
        ]),
      ),
    ),
  }),
};
