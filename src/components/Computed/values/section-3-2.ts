/** Five observers, a poisoned sheet, more and more sheets and a clip: section 3.2. */
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

type Name = 'min-max' | 'moving-average' | 'percentile' | 'entropy' | 'mse';
type Drawer = 'honest' | 'speck' | 'last' | 'undivided';
interface More {
  max: number;
  8: number;
  4: number;
}

/** What `npm run results -- sections:3.2` writes. */
export interface Section32Results {
  observers: Record<Name, { max: number; beyond: number; sqnr: { 8: number; 4: number } }>;
  blank: { constants: number; largest: number; share: number };
  float: number;
  read: {
    honest: Record<Name, number>;
    speck: { 'min-max': number; percentile: number };
    undivided: { percentile: number };
  };
  drawers: Record<Drawer, Record<Name, number>>;
  more: ({ sheets: number } & Record<'min-max' | 'percentile' | 'mse', More>)[];
  clip: {
    images: number;
    float: number;
    values: number;
    zeros: number;
    binWidth: number;
    counts: number[];
    clips: number[];
    beyond: number[];
    correct: Record<string, number[]>;
    observers: Record<Name, Record<string, number>>;
  };
}

const results = () => sectionResults<Section32Results>('3.2');
const NAMES: readonly Name[] = ['min-max', 'moving-average', 'percentile', 'entropy', 'mse'];
const DRAWERS: readonly Drawer[] = ['honest', 'speck', 'last', 'undivided'];
const SHEETS = [10, 100, 1000, 10_000];
/** Images that were read in integers. */
const READ = 1000;

const eachName = (
  head: string,
  value: (name: Name) => number,
  names: readonly Name[] = NAMES,
): Record<string, () => number> =>
  Object.fromEntries(names.map((name) => [`3.2.${head}.${name}`, () => value(name)]));

/** The accuracy at a clip, of the images that were tried. */
function underClip(clip: number, bits: number): number {
  const { clips, correct, images } = results().clip;
  return correct[bits]![clips.indexOf(clip)]! / images;
}

const more = (sheets: number) => results().more.find((row) => row.sheets === sheets)!;
const MORE_NAMES = ['min-max', 'percentile', 'mse'] as const;

export const section32Values: Record<string, ComputedEntry> = {
  ...entries('fixed2', {
    '3.2.blank.largest': () => results().blank.largest,
    ...eachName('end', (name) => results().observers[name].max),
    ...Object.fromEntries(
      DRAWERS.flatMap((drawer) =>
        NAMES.map((name) => [
          `3.2.drawer.${drawer}.${name}`,
          () => results().drawers[drawer][name],
        ]),
      ),
    ),
    ...Object.fromEntries(
      SHEETS.flatMap((sheets) =>
        MORE_NAMES.map((name) => [`3.2.more.end.${name}.${sheets}`, () => more(sheets)[name].max]),
      ),
    ),
  }),
  ...entries('fixed1', {
    ...eachName('sqnr', (name) => results().observers[name].sqnr[8]),
    ...Object.fromEntries(
      SHEETS.flatMap((sheets) =>
        MORE_NAMES.flatMap((name) =>
          ([8, 4] as const).map((bits) => [
            `3.2.more.${bits}.${name}.${sheets}`,
            () => more(sheets)[name][bits],
          ]),
        ),
      ),
    ),
    '3.2.more.lost': () => more(10)['min-max'][4] - more(10_000)['min-max'][4],
    // What one sheet of 500, the last of all, leaves in a moving average of decay 0.9.
    '3.2.average.last': () => 0.1 * 500,
  }),
  ...entries('sig3', { '3.2.average.forgotten': () => 0.1 * 500 * 0.9 ** 58 }),
  ...entries('percent1', {
    ...eachName('beyond', (name) => results().observers[name].beyond),
    ...eachName('read', (name) => results().read.honest[name] / READ),
    '3.2.blank.share': () => results().blank.share,
    '3.2.read.float': () => results().float / READ,
    '3.2.read.speck.min-max': () => results().read.speck['min-max'] / READ,
    '3.2.read.speck.percentile': () => results().read.speck.percentile / READ,
    '3.2.read.undivided.percentile': () => results().read.undivided.percentile / READ,
    ...Object.fromEntries(
      [1.2, 2.4, 6, 12].flatMap((clip) =>
        [8, 3].map((bits) => [`3.2.clip.${bits}.${clip}`, () => underClip(clip, bits)]),
      ),
    ),
  }),
  ...entries('words', { '3.2.blank.constants': () => results().blank.constants }),
  ...entries('integer', {
    // Rounding n values over a range v costs n·(v/255)²/12, and clipping the one that made it so wide costs v².
    '3.2.loyal': () => 12 * 255 ** 2,
    '3.2.pixels': () => 100 * 28 * 28,
    '3.2.cut-at-top': () => Math.floor((100 * 28 * 28 * (100 - 99.99)) / 200),
    '3.2.clip.images': () => results().clip.images,
  }),
};
