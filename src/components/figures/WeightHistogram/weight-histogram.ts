/** The histogram of a layer’s weights with the rule of so many bits below it: data and drawing. */
import { writeNumber } from '../write-number.ts';

export interface HistogramWidth {
  bits: number;
  scale: number;
  /** dB */
  sqnr: number;
  largestError: number;
  /** How many weights go to each code, from the lowest code to the highest. */
  counts: number[];
}

export interface HistogramLayer {
  name: string;
  weights: number;
  /** The largest size: the drawing runs from −limit to limit. */
  limit: number;
  /** Equal bins from −limit to limit. */
  bins: number[];
  /** From 2 bits to 8. */
  widths: HistogramWidth[];
}

export const WIDTH = 640;
export const UPPER = { top: 8, base: 130 };
export const LOWER = { top: 150, base: 262 };
export const HEIGHT = 290;

/** The outline of the fine histogram, closed along its base. */
export function binsPath(bins: readonly number[]): string {
  const tallest = Math.max(...bins);
  const step = WIDTH / bins.length;
  const y = (count: number) =>
    (UPPER.base - (count / tallest) * (UPPER.base - UPPER.top)).toFixed(1);
  return `M0 ${UPPER.base}${bins.map((count, i) => `V${y(count)}H${((i + 1) * step).toFixed(1)}`).join('')}V${UPPER.base}z`;
}

/** One tooth for each code which any weight goes to; its height is its share of the tallest. */
export function teethPath(counts: readonly number[]): string {
  const tallest = Math.max(...counts);
  const last = (counts.length - 1) / 2;
  return counts
    .map((count, i) => {
      if (count === 0) return '';
      const x = (WIDTH * ((i - last) / last + 1)) / 2;
      // A tooth that stands for any weight at all is at least visible.
      const height = Math.max(1.5, (count / tallest) * (LOWER.base - LOWER.top));
      return `M${x.toFixed(1)} ${LOWER.base}v${(-height).toFixed(1)}`;
    })
    .join('');
}

/** A tooth is as wide as its neighbours allow. */
export function toothWidth(counts: readonly number[]): number {
  return Math.max(1, Math.min(14, (WIDTH / counts.length) * 0.55));
}

/** Share of the weights which become zero. */
export function shareOfZeros(width: HistogramWidth, weights: number): number {
  return width.counts[(width.counts.length - 1) / 2]! / weights;
}

/** What the figure says in words. */
export function histogramTexts(
  layer: HistogramLayer,
  width: HistogramWidth,
): Record<string, string> {
  return {
    bits: `${width.bits}`,
    sqnr: `${width.sqnr.toFixed(2)} dB`,
    'largest-error': writeNumber(width.largestError, 3),
    zeros: `${(100 * shareOfZeros(width, layer.weights)).toFixed(1)}%`,
    scale: writeNumber(width.scale),
    values: `${width.counts.length}`,
    low: writeNumber(-layer.limit, 3),
    high: writeNumber(layer.limit, 3),
  };
}

/** One line of the figure’s table for each width. */
export function histogramRows(layer: HistogramLayer): string[][] {
  return layer.widths.map((width) => {
    const texts = histogramTexts(layer, width);
    return ['bits', 'scale', 'sqnr', 'largest-error', 'zeros'].map((name) => texts[name]!);
  });
}
