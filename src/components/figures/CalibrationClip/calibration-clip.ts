/** A clip over the values that a layer sends on, and how many digits are read with it: data and drawing. */
import { writeNumber } from '../write-number.ts';

export interface ClipData {
  /** Images on which the accuracy was measured. */
  images: number;
  /** Read without any rounding. */
  float: number;
  /** Width of a bin; the first begins at 0. */
  binWidth: number;
  /** Values above zero in each bin. */
  counts: number[];
  clips: number[];
  /** Share of all values that lie beyond each clip. */
  beyond: number[];
  /** By bits: images read at each clip. */
  correct: Record<string, number[]>;
  /** By observer, then by bits: the clip that it chooses. */
  observers: Record<string, Record<string, number>>;
}

export const WIDTH = 640;
export const HEIGHT = 330;
export const UPPER = { top: 8, base: 128 };
export const LOWER = { top: 166, base: 286 };
/** The drawing runs from 0 to this. */
export const REACH = 12;

export const OBSERVERS: Record<string, { letter: string; name: string }> = {
  'min-max': { letter: 'a', name: 'min-max' },
  'moving-average': { letter: 'b', name: 'moving average' },
  percentile: { letter: 'c', name: 'percentile' },
  entropy: { letter: 'd', name: 'entropy' },
  mse: { letter: 'e', name: 'mean square' },
};

/** Where a value stands across the drawing. */
export const place = (value: number): number => (value / REACH) * WIDTH;

const height = (share: number): number => LOWER.base - share * (LOWER.base - LOWER.top);

/** The outline of the histogram, closed along its base. */
export function binsPath({ counts, binWidth }: ClipData): string {
  const tallest = Math.max(...counts);
  const y = (count: number): string =>
    (UPPER.base - (count / tallest) * (UPPER.base - UPPER.top)).toFixed(1);
  const steps = counts.map((count, i) => `V${y(count)}H${place((i + 1) * binWidth).toFixed(1)}`);
  return `M0 ${UPPER.base}${steps.join('')}V${UPPER.base}z`;
}

/** The values which so many bits can hold up to the clip, as teeth below the histogram. */
export function teethPath(clip: number, bits: number): string {
  const step = clip / (2 ** bits - 1);
  // Beyond some dozens the teeth run together: a bar says as much.
  if (bits > 6) return `M0 ${UPPER.base + 7}H${place(clip).toFixed(1)}`;
  return Array.from(
    { length: 2 ** bits },
    (_, code) => `M${place(code * step).toFixed(1)} ${UPPER.base}v14`,
  ).join('');
}

/** The accuracy over all clips that were tried, at so many bits. */
export function accuracyPath({ clips, correct, images }: ClipData, bits: number): string {
  const points = clips.map(
    (clip, i) => `${place(clip).toFixed(1)} ${height(correct[bits]![i]! / images).toFixed(1)}`,
  );
  return `M${points.join('L')}`;
}

/** The index of the clip nearest to a place across the drawing. */
export function nearestClip({ clips }: ClipData, x: number): number {
  const value = (x / WIDTH) * REACH;
  let best = 0;
  clips.forEach((clip, i) => {
    if (Math.abs(clip - value) < Math.abs(clips[best]! - value)) best = i;
  });
  return best;
}

/** Where each observer puts its clip, in order; letters that would cover each other are set one above another. */
export function observerMarks(
  { observers }: ClipData,
  bits: number,
): { letter: string; x: number; row: number }[] {
  const marks: { letter: string; x: number; row: number }[] = [];
  for (const [id, { letter }] of Object.entries(OBSERVERS)) {
    const x = place(observers[id]![bits]!);
    const near = marks.filter((mark) => Math.abs(mark.x - x) < 14).map(({ row }) => row);
    marks.push({ letter, x, row: near.length > 0 ? Math.max(...near) + 1 : 0 });
  }
  return marks;
}

/** Everything that moves, as attributes and texts by part. */
export function clipDrawing(
  data: ClipData,
  index: number,
  bits: number,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const clip = data.clips[index]!;
  const x = place(clip).toFixed(1);
  const right = data.correct[bits]![index]!;
  const marks = observerMarks(data, bits);
  return {
    attributes: {
      beyond: { x, width: (WIDTH - Number(x)).toFixed(1) },
      teeth: { d: teethPath(clip, bits) },
      curve: { d: accuracyPath(data, bits) },
      clip: { d: `M${x} ${UPPER.top}V${LOWER.base}` },
      here: { cx: x, cy: height(right / data.images).toFixed(1) },
      ...Object.fromEntries(
        marks.map(({ letter, x: at, row }) => [
          `mark-${letter}`,
          { x: at.toFixed(1), y: String(LOWER.base + 14 + 13 * row) },
        ]),
      ),
    },
    texts: {
      value: writeNumber(clip, 3),
      step: writeNumber(clip / (2 ** bits - 1), 3),
      clipped: `${(100 * data.beyond[index]!).toFixed(2)}%`,
      right: `${right.toLocaleString('en-GB')} of ${data.images.toLocaleString('en-GB')}`,
      accuracy: `${((100 * right) / data.images).toFixed(1)}%`,
    },
  };
}

/** One line of the figure’s table for each clip. */
export function clipRows(data: ClipData): string[][] {
  return data.clips.map((clip, i) => [
    writeNumber(clip, 3),
    `${(100 * data.beyond[i]!).toFixed(2)}%`,
    ...['8', '4', '3', '2'].map(
      (bits) => `${((100 * data.correct[bits]![i]!) / data.images).toFixed(1)}%`,
    ),
  ]);
}
