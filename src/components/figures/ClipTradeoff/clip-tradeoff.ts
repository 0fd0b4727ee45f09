/** Clipping against rounding on a real layer: what each clip costs at each width, and how it is drawn. */
import { writeNumber } from '../write-number.ts';

/** Mean squared errors at one width, for clips of 1/50, 2/50, … of the largest weight. */
export interface ClipWidth {
  bits: number;
  /** Of the weights inside the clip. */
  rounding: number[];
  /** Of the weights beyond it. */
  clipping: number[];
}

export interface ClipLayer {
  name: string;
  weights: number;
  /** The largest size. */
  limit: number;
  /** Root mean square of the weights. */
  rms: number;
  /** Equal bins from −limit to limit. */
  bins: number[];
  /** Share of the weights beyond each clip. */
  clipped: number[];
  widths: ClipWidth[];
}

export const WIDTH = 640;
export const UPPER = { top: 8, base: 110 };
export const LOWER = { top: 134, base: 250 };
export const HEIGHT = 278;
/** Errors are drawn in decibels below the power of the weights, from 0 at the top. */
export const FLOOR = 48;

/** What a clip costs, in decibels below the power of the weights, or −Infinity for nothing. */
export function decibels(layer: ClipLayer, error: number): number {
  return 10 * Math.log10(error / layer.rms ** 2);
}

export function totals({ rounding, clipping }: ClipWidth): number[] {
  return rounding.map((error, i) => error + clipping[i]!);
}

/** Which clip has the least error; of equals the widest. */
export function bestClip(width: ClipWidth): number {
  const all = totals(width);
  return all.lastIndexOf(Math.min(...all));
}

const across = (index: number, count: number): number => ((index + 1) / count) * WIDTH;

/** The curve of one kind of error over the clips; it stops where it leaves the panel. */
export function curvePath(layer: ClipLayer, errors: readonly number[]): string {
  let path = '';
  let pen = 'M';
  errors.forEach((error, i) => {
    const depth = -decibels(layer, error);
    if (depth > FLOOR || depth < 0) {
      pen = 'M';
      return;
    }
    const y = LOWER.top + (depth / FLOOR) * (LOWER.base - LOWER.top);
    path += `${pen}${across(i, errors.length).toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

/** The right half of the histogram folded over the left: how many weights have each size. */
export function sizesPath(bins: readonly number[]): string {
  const middle = (bins.length - 1) / 2;
  const counts = Array.from({ length: middle + 1 }, (_, i) =>
    i === 0 ? 2 * bins[middle]! : bins[middle - i]! + bins[middle + i]!,
  );
  const tallest = Math.max(...counts);
  // The first bin is only half a bin wide.
  const edge = (i: number) => ((2 * i + 1) / bins.length) * WIDTH;
  const y = (count: number) =>
    (UPPER.base - (count / tallest) * (UPPER.base - UPPER.top)).toFixed(1);
  return `M0 ${UPPER.base}${counts.map((count, i) => `V${y(count)}H${edge(i).toFixed(1)}`).join('')}V${UPPER.base}z`;
}

/** Everything that the drawing and its readings say for a clip. */
export function clipDrawing(
  layer: ClipLayer,
  width: ClipWidth,
  index: number,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const count = width.rounding.length;
  const x = across(index, count);
  const [rounding, clipping] = [width.rounding[index]!, width.clipping[index]!];
  const best = bestClip(width);
  const share = (error: number) => `${((100 * error) / (rounding + clipping)).toFixed(0)}%`;
  const clipAt = (i: number) => (layer.limit * (i + 1)) / count;
  return {
    attributes: {
      sizes: { d: sizesPath(layer.bins) },
      'beyond-area': { x: x.toFixed(1), width: (WIDTH - x).toFixed(1) },
      'clip-line': { d: `M${x.toFixed(1)} ${UPPER.top}V${LOWER.base}` },
      rounding: { d: curvePath(layer, width.rounding) },
      clipping: { d: curvePath(layer, width.clipping) },
      total: { d: curvePath(layer, totals(width)) },
      'best-mark': {
        d: `M${across(best, count).toFixed(1)} ${LOWER.base}l-6 12h12z`,
      },
    },
    texts: {
      bits: `${width.bits}`,
      clip: `±${writeNumber(clipAt(index), 3)}`,
      typical: `${(clipAt(index) / layer.rms).toFixed(2)} times`,
      scale: writeNumber(clipAt(index) / (2 ** (width.bits - 1) - 1), 3),
      beyond: `${writeNumber(100 * layer.clipped[index]!, 3)}%`,
      'from-rounding': share(rounding),
      'from-clipping': share(clipping),
      sqnr: `${(-decibels(layer, rounding + clipping)).toFixed(2)} dB`,
      best:
        index === best
          ? 'No clip has a smaller error'
          : `Least error at ±${writeNumber(clipAt(best), 3)}: ${(-decibels(layer, totals(width)[best]!)).toFixed(2)} dB`,
      high: writeNumber(layer.limit, 3),
    },
  };
}

/** One line of the figure’s table for each width: bits, SQNR unclipped, best clip, in typical weights, SQNR there. */
export function clipRows(layer: ClipLayer): string[][] {
  return layer.widths.map((width) => {
    const last = width.rounding.length - 1;
    const best = bestClip(width);
    const sqnr = (i: number) => `${(-decibels(layer, totals(width)[i]!)).toFixed(2)} dB`;
    const clip = (layer.limit * (best + 1)) / (last + 1);
    return [
      `${width.bits}`,
      sqnr(last),
      `±${writeNumber(clip, 3)}`,
      (clip / layer.rms).toFixed(2),
      sqnr(best),
    ];
  });
}
