/** Levels for a bell, floats of eight bits, and weights of one: section 5.4. */
import { decodeFloat8 } from '../../../engine/numerics/index.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { BitsLayer } from '../../figures/FewBits/few-bits.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** What `npm run results -- sections:5.4` writes; the ratios in dB. */
export interface Section54Results {
  layers: BitsLayer[];
  bell: Record<'int4' | 'nf4' | 'int4One' | 'nf4One' | 'binary' | 'best16', number>;
  tail: { times: number; int8: number; e4m3: number; e5m2: number }[];
  raw: { e4m3: number; e5m2: number; subnormal: number };
  read: Record<'lenet-5' | 'depthwise-net', { id: string; bytes: number; correct: number }[]>;
  oneBit: { steps: number; batch: number; before: number; after: number };
}

const TEST_IMAGES = 10_000;
const results = () => sectionResults<Section54Results>('5.4');
const heavy = () => results().layers[0]!.sharing.block.sqnr;
const tail = (times: number) => results().tail.find((row) => row.times === times)!;
const row = (network: 'lenet-5' | 'depthwise-net', id: string) =>
  results().read[network].find((each) => each.id === id)!;

/** The values above zero that a format can hold, from the smallest. */
const positive = (format: 'e4m3' | 'e5m2'): number[] =>
  Array.from(
    decodeFloat8(
      Uint8Array.from({ length: 128 }, (_, code) => code),
      format,
    ),
  ).filter((x) => x > 0 && Number.isFinite(x));

const WAYS = ['int8', 'e4m3', 'e5m2', 'int4', 'int4-blocks', 'nf4-blocks', 'binary'];
const FLOATS = ['e4m3', 'e5m2'] as const;

export const section54Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '5.4.one-bit.steps': () => results().oneBit.steps,
    ...Object.fromEntries(WAYS.map((id) => [`5.4.bytes.${id}`, () => row('lenet-5', id).bytes])),
    ...Object.fromEntries(
      FLOATS.flatMap((format) => [
        [`5.4.marks.${format}`, () => positive(format).filter((x) => x >= 1 && x < 2).length],
        [`5.4.largest.${format}`, () => positive(format).at(-1)!],
      ]),
    ),
  }),
  ...entries('sig3', {
    ...Object.fromEntries(
      FLOATS.map((format) => [`5.4.smallest.${format}`, () => positive(format)[0]!]),
    ),
  }),
  ...entries('fixed1', {
    '5.4.gain': () => heavy()['nf4']! - heavy()['int4']!,
    '5.4.heavy.block.nf4': () => heavy()['nf4']!,
    '5.4.heavy.block.int4': () => heavy()['int4']!,
    '5.4.bell.best': () => results().bell.best16,
    '5.4.bell.nf4': () => results().bell.nf4,
    '5.4.bell.nf4-one': () => results().bell.nf4One,
    '5.4.bell.binary': () => results().bell.binary,
    '5.4.raw.e4m3': () => results().raw.e4m3,
    ...Object.fromEntries(
      [1, 16].flatMap((times) => [
        [`5.4.tail.int8.${times}`, () => tail(times).int8],
        [`5.4.tail.e4m3.${times}`, () => tail(times).e4m3],
      ]),
    ),
  }),
  ...entries('fixed3', { '5.4.double': () => 4 + 8 / 64 + 32 / (64 * 256) }),
  ...entries('percent1', { '5.4.raw.subnormal': () => results().raw.subnormal }),
  ...entries('percent2', {
    '5.4.one-bit.before': () => results().oneBit.before / TEST_IMAGES,
    '5.4.one-bit.after': () => results().oneBit.after / TEST_IMAGES,
    ...Object.fromEntries(
      WAYS.flatMap((id) => [
        [`5.4.read.heavy.${id}`, () => row('lenet-5', id).correct / TEST_IMAGES],
        [`5.4.read.light.${id}`, () => row('depthwise-net', id).correct / TEST_IMAGES],
      ]),
    ),
  }),
};
