/** Nine weights of one filter, each rounded up or down: every way there is, by what it does to the filter’s output. */
import { writeNumber } from '../write-number.ts';

/** One filter of a depthwise layer. */
export interface Filter {
  /** Nine, row after row. */
  weights: number[];
  /** Means of the products of what they read, [9, 9]. */
  gram: number[];
}

/** A filter on its notches, with every way of rounding it. */
export interface Roundings {
  /** The weights in notches. */
  steps: number[];
  /** The largest weight: it sets the scale and stands on the last notch, so it cannot be rounded. */
  fixed: number;
  /** SQNR of the output in dB, by way: bit i of a way is set if the i-th of the other eight goes up. */
  decibels: number[];
  nearest: number;
  best: number;
  /** By way: how many ways are better. */
  rank: number[];
}

export const WAYS = 256;
/** Of the drawing, in units of its viewBox; and the place of its axes. */
export const WIDTH = 400;
export const HEIGHT = 190;
export const PLOT = { left: 36, right: 392, top: 24, bottom: 160 };

/** The place among the nine of the i-th weight that is free. */
const placeOf = (fixed: number, i: number): number => (i < fixed ? i : i + 1);

/** The code of each weight in one way of rounding. */
export function codesOf(
  { steps, fixed }: Pick<Roundings, 'steps' | 'fixed'>,
  way: number,
): number[] {
  const codes = steps.map((x) => Math.round(x));
  for (let i = 0; i < 8; i++) {
    const place = placeOf(fixed, i);
    codes[place] = Math.floor(steps[place]!) + ((way >> i) & 1);
  }
  return codes;
}

/** The way with one weight turned; the weight that is fixed turns nothing. */
export function turned(fixed: number, way: number, place: number): number {
  if (place === fixed) return way;
  return way ^ (1 << (place < fixed ? place : place - 1));
}

/**
 * Rounds a filter in all 256 ways.
 *
 * @param bits - 2 and more
 * @param strangers - as if no two inputs had anything to do with each other: only their squares count
 */
export function allRoundings(filter: Filter, bits: number, strangers: boolean): Roundings {
  const sizes = filter.weights.map(Math.abs);
  const fixed = sizes.indexOf(Math.max(...sizes));
  const scale = sizes[fixed]! / (2 ** (bits - 1) - 1);
  const steps = filter.weights.map((w) => w / scale);
  const power = (e: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 9; j++) {
        if (i === j || !strangers) sum += e[i]! * e[j]! * filter.gram[9 * i + j]!;
      }
    }
    return sum;
  };
  const whole = power(steps);
  const decibels = Array.from({ length: WAYS }, (_, way) => {
    const codes = codesOf({ steps, fixed }, way);
    return 10 * Math.log10(whole / power(codes.map((code, i) => code - steps[i]!)));
  });
  let nearest = 0;
  for (let i = 0; i < 8; i++) {
    const x = steps[placeOf(fixed, i)]!;
    if (x - Math.floor(x) >= 0.5) nearest |= 1 << i;
  }
  const order = decibels.map((_, way) => way).sort((a, b) => decibels[b]! - decibels[a]!);
  const rank = new Array<number>(WAYS);
  order.forEach((way, at) => (rank[way] = at));
  return { steps, fixed, decibels, nearest, best: order[0]!, rank };
}

/** What the figure says of each weight. */
export interface WeightText {
  weight: string;
  code: string;
  /** 'up', 'down', or 'fixed'. */
  goes: 'up' | 'down' | 'fixed';
  /** Whether it stands at the nearest notch. */
  isNearest: boolean;
}

/** Everything that the figure draws and says for one way of rounding. */
export function upOrDownDrawing(
  roundings: Roundings,
  way: number,
): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
  weights: WeightText[];
} {
  const { steps, fixed, decibels, nearest, best, rank } = roundings;
  const sorted = [...decibels].sort((a, b) => b - a);
  const highest = Math.ceil(sorted[0]! / 10) * 10;
  const lowest = Math.min(0, Math.floor(sorted.at(-1)! / 10) * 10);
  const x = (at: number): number => PLOT.left + (at / (WAYS - 1)) * (PLOT.right - PLOT.left);
  const y = (value: number): number =>
    PLOT.bottom - ((value - lowest) / (highest - lowest)) * (PLOT.bottom - PLOT.top);
  const mark = (which: number): Record<string, string> => ({
    cx: x(rank[which]!).toFixed(1),
    cy: y(decibels[which]!).toFixed(1),
  });
  const codes = codesOf(roundings, way);
  const write = (value: number): string => `${value.toFixed(1).replace('-', '−')} dB`;
  const others = (count: number): string =>
    count === 0 ? 'none of 256 is better' : `${count} of 256 ${count === 1 ? 'is' : 'are'} better`;
  return {
    attributes: {
      curve: {
        d: sorted
          .map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
          .join(''),
      },
      'mark-nearest': mark(nearest),
      'mark-best': mark(best),
      'mark-yours': mark(way),
    },
    texts: {
      highest: String(highest),
      lowest: String(lowest).replace('-', '−'),
      yours: `${write(decibels[way]!)}, ${others(rank[way]!)}`,
      nearest: `${write(decibels[nearest]!)}, ${others(rank[nearest]!)}`,
      best: write(decibels[best]!),
      turned: String(countTurned(way ^ nearest)),
      verdict:
        way === best
          ? way === nearest
            ? 'The nearest notch for each, and here nothing is better'
            : 'The best of all ways, and not the nearest'
          : way === nearest
            ? 'Each weight at its nearest notch'
            : decibels[way]! > decibels[nearest]!
              ? 'Better than the nearest notches'
              : 'Worse than the nearest notches',
    },
    weights: steps.map((value, i) => ({
      weight: writeNumber(value, Math.abs(value) < 1 ? 2 : 3),
      code: String(codes[i]).replace('-', '−'),
      goes: i === fixed ? 'fixed' : codes[i]! > value ? 'up' : 'down',
      isNearest: i === fixed || Math.abs(codes[i]! - value) <= 0.5,
    })),
  };
}

const countTurned = (difference: number): number =>
  [...difference.toString(2)].filter((bit) => bit === '1').length;

/** One line of the figure’s table for each filter: nearest, best, and how many ways are better than the nearest. */
export function filterRows(filters: readonly Filter[], bits: number): string[][] {
  return filters.map((filter, i) => {
    const { decibels, nearest, best, rank } = allRoundings(filter, bits, false);
    return [
      String(i + 1),
      decibels[nearest]!.toFixed(1),
      decibels[best]!.toFixed(1),
      String(rank[nearest]!),
    ];
  });
}
