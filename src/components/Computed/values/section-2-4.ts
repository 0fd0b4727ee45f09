/** Integers all the way: section 2.4, from its committed results. */
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

interface Results {
  layers: {
    layer: string;
    terms: number;
    bound: number;
    least: number;
    largestBias: number;
  }[];
  dense: {
    sums: number;
    inputZero: number;
    multiplier: number;
    shift: number;
    largest: number;
    wide: number;
    differ: number;
    cut: number;
    mismatches: number;
    third: { products: number; correction: number; bias: number; code: number };
  };
}

const results = (): Results => sectionResults<Results>('2.4');
const dense = (): Results['dense'] => results().dense;
const largest = (value: (layer: Results['layers'][number]) => number): number =>
  Math.max(...results().layers.map(value));
/** Bits of a whole number of that size and of either sign. */
const bitsFor = (size: number): number => Math.ceil(Math.log2(size + 1)) + 1;
const INT32 = 2 ** 31 - 1;

export const section24Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '2.4.terms.int32': () => Math.floor(INT32 / (127 * 255)),
    '2.4.terms.int16x8': () => Math.floor(INT32 / (127 * 2 ** 15)),
    '2.4.largest-product': () => 127 * 255,
    '2.4.longest': () => largest(({ terms }) => terms),
    '2.4.bound': () => largest(({ bound }) => bound),
    '2.4.bound-bits': () => bitsFor(largest(({ bound }) => bound)),
    '2.4.largest': () => dense().largest,
    '2.4.largest-bits': () => bitsFor(dense().largest),
    '2.4.sums': () => dense().sums,
    '2.4.multiplier': () => dense().multiplier,
    '2.4.shift': () => dense().shift,
    '2.4.differ': () => dense().differ,
    '2.4.one-in': () => 2 ** (1 - dense().shift),
    '2.4.largest-bias': () => largest(({ largestBias }) => largestBias),
    '2.4.input-zero': () => dense().inputZero,
    '2.4.third.products': () => dense().third.products,
    '2.4.third.correction': () => dense().third.correction,
    '2.4.third.bias': () => dense().third.bias,
    '2.4.third.sum': () => {
      const { products, correction, bias } = dense().third;
      return products - correction + bias;
    },
    '2.4.third.code': () => dense().third.code,
  }),
  ...entries('percent1', {
    '2.4.wide': () => dense().wide / dense().sums,
    '2.4.cut': () => dense().cut / dense().sums,
    '2.4.shift-alone': () => Math.SQRT2 - 1,
  }),
  ...entries('fixed1', {
    '2.4.expected': () => dense().sums / 2 ** (1 - dense().shift),
  }),
  ...entries('sig4', {
    '2.4.real': () => results().layers.find(({ layer }) => layer === 'dense_1')!.least,
  }),
};
