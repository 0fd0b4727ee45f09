/** Proportions of a sample, readers compared card by card, a confusion: section 4.1. */
import { sectionResults } from '../../../build/section-results.ts';
import { normalQuantile } from '../../../engine/evaluation/normal-quantile.ts';
import { wilsonInterval } from '../../../engine/evaluation/wilson-interval.ts';
import { type ComputedEntry, entries } from './entry.ts';

type PairName = 'heavy-int8' | 'heavy-int3' | 'light-int8' | 'light';

/** What `npm run results -- sections:4.1` writes. */
export interface Section41Results {
  images: number;
  /** Right answers of the heavy model in each successive hundred images. */
  hundreds: number[];
  pairs: Record<
    PairName,
    {
      first: number;
      second: number;
      changed: number;
      lost: number;
      gained: number;
      pValue: number;
    }
  >;
  /** Rows: what was written. Columns: what the coarse light reader took it for. */
  confusion: number[][];
}

const results = () => sectionResults<Section41Results>('4.1');
const pair = (name: PairName) => results().pairs[name];
const PAIRS: readonly PairName[] = ['heavy-int8', 'heavy-int3', 'light-int8', 'light'];

/** Cards that the inspector used, and how many of them must be read. */
const CARDS = 200;
const ASKED = 197;

/** How likely a reader of this true accuracy is to fail the inspector. */
function failing(accuracy: number): number {
  let term = accuracy ** CARDS; // the chance of no mistake at all
  let passing = 0;
  for (let wrong = 0; wrong <= CARDS - ASKED; wrong++) {
    passing += term;
    term *= ((CARDS - wrong) / (wrong + 1)) * ((1 - accuracy) / accuracy);
  }
  return 1 - passing;
}

/** Standard errors which a difference must measure, to be found four times in five by a test at one in twenty. */
const REACH = normalQuantile(0.975) + normalQuantile(0.8);
const spread = (accuracy: number): number => accuracy * (1 - accuracy);
/** Images that tell two accuracies apart, each measured on images of its own. */
const apart = (first: number, second: number): number =>
  Math.ceil((REACH ** 2 * (spread(first) + spread(second))) / (first - second) ** 2);
/** The same, measured on the same images, of whose answers a share part. */
const together = (difference: number, parted: number): number =>
  Math.ceil((REACH ** 2 * parted) / difference ** 2);

/** An interval in the hundred: 99.28 … 99.58 for a table, 99.28 to 99.58 in a sentence. */
function interval(correct: number, total: number, places = 2, between = '…'): string {
  const { low, high } = wilsonInterval(correct, total);
  return `${(100 * low).toFixed(places)} ${between} ${(100 * high).toFixed(places)}`;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const first = (images: number): number => sum(results().hundreds.slice(0, images / 100));

/** The commonest misreading, and the rows of the confusion as rates. */
function misread(): { from: number; to: number; count: number } {
  let most = { from: 0, to: 0, count: -1 };
  results().confusion.forEach((row, from) =>
    row.forEach((count, to) => {
      if (from !== to && count > most.count) most = { from, to, count };
    }),
  );
  return most;
}
const rates = (): number[] => results().confusion.map((row, digit) => row[digit]! / sum(row));
const extreme = (pick: (...values: number[]) => number) => {
  const all = rates();
  const rate = pick(...all);
  return { digit: all.indexOf(rate), rate };
};

const eachPair = (
  head: string,
  value: (name: PairName) => number | string,
): Record<string, () => number | string> =>
  Object.fromEntries(PAIRS.map((name) => [`4.1.${head}.${name}`, () => value(name)]));

export const section41Values: Record<string, ComputedEntry> = {
  ...entries('code', {
    '4.1.holmes.ten': () => interval(9, 10, 0, 'to'),
    '4.1.holmes.fifty': () => interval(31, 50, 0, 'to'),
    '4.1.perfect': () => interval(100, 100, 1, 'to'),
    '4.1.interval.100': () => interval(first(100), 100),
    '4.1.interval.1000': () => interval(first(1000), 1000),
    '4.1.interval.10000': () => interval(first(10_000), 10_000),
    '4.1.interval.int3': () => interval(pair('heavy-int3').second, results().images),
    '4.1.confusion.from': () => misread().from,
    '4.1.confusion.to': () => misread().to,
    '4.1.confusion.worst.digit': () => extreme(Math.min).digit,
    '4.1.confusion.best.digit': () => extreme(Math.max).digit,
  }),
  ...entries('integer', {
    '4.1.first.100': () => first(100),
    '4.1.first.1000': () => first(1000),
    '4.1.first.10000': () => first(10_000),
    '4.1.hundreds.perfect': () => results().hundreds.filter((count) => count === 100).length,
    '4.1.hundreds.least': () => Math.min(...results().hundreds),
    '4.1.apart': () => apart(0.9945, 0.993),
    '4.1.together': () => together(0.0015, 0.0025),
    '4.1.confusion.count': () => misread().count,
    ...eachPair('lost', (name) => pair(name).lost),
    ...eachPair('gained', (name) => pair(name).gained),
    '4.1.int3.parted': () => pair('heavy-int3').lost + pair('heavy-int3').gained,
    '4.1.int8.parted': () => pair('heavy-int8').lost + pair('heavy-int8').gained,
    '4.1.int8.more': () => pair('heavy-int8').second - pair('heavy-int8').first,
  }),
  ...entries('sig3', {
    ...eachPair('p', (name) => pair(name).pValue),
  }),
  ...entries('percent1', {
    '4.1.inspector.light': () => failing(pair('light-int8').first / results().images),
    '4.1.inspector.bad': () => 1 - failing(0.975),
    '4.1.twenty': () => 1 - 0.95 ** 20,
    '4.1.confusion.accuracy': () =>
      sum(results().confusion.map((row, digit) => row[digit]!)) / results().images,
    '4.1.confusion.worst.rate': () => extreme(Math.min).rate,
    '4.1.confusion.best.rate': () => extreme(Math.max).rate,
  }),
  ...entries('percent2', {
    '4.1.standard-error': () => Math.sqrt(spread(0.9945) / 10_000),
  }),
};
