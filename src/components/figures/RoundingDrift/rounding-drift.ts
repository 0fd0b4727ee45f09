/** Five ways to round, and the drift that each leaves on the real codes of a layer: measures and drawing. */
import { writeNumber } from '../write-number.ts';
import { ROUNDINGS, type Rounding } from './roundings.ts';

/** How many weights have each code from −127 to 127. */
export type CodeCounts = readonly number[];

export interface Drift {
  /** Mean error, in steps of what is left. */
  right: number;
  /** Mean error away from zero. */
  outwards: number;
  /** Root mean square of the errors. */
  typical: number;
}

/** What a way of rounding does when the last bits of all codes are dropped. */
export function driftOf(counts: CodeCounts, dropped: number, rounding: Rounding): Drift {
  const { round } = ROUNDINGS[rounding];
  const middle = (counts.length - 1) / 2;
  let [total, right, outwards, squares] = [0, 0, 0, 0];
  counts.forEach((count, i) => {
    const exact = (i - middle) / 2 ** dropped;
    const error = round(exact) - exact;
    total += count;
    right += count * error;
    outwards += count * error * Math.sign(exact);
    squares += count * error ** 2;
  });
  return { right: right / total, outwards: outwards / total, typical: Math.sqrt(squares / total) };
}

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 240;
export const STEMS = { middle: 78, unit: 64 };
export const GAUGES = { right: 190, outwards: 216, left: 150, unit: 460 };
/** New codes from −REACH to REACH are drawn. */
const REACH = 2;

/** The numbers that occur from −2 to 2, each with a stem as long as its error: up where it was made larger. */
export function stemsPath(dropped: number, rounding: Rounding, side: 'raised' | 'lowered'): string {
  const { round } = ROUNDINGS[rounding];
  const parts = 2 ** dropped;
  let path = '';
  for (let j = -REACH * parts; j <= REACH * parts; j++) {
    const exact = j / parts;
    const error = round(exact) - exact;
    if (side === 'raised' ? error <= 0 : error >= 0) continue;
    const x = (WIDTH * (exact / REACH + 1)) / 2;
    path += `M${Math.max(2, Math.min(WIDTH - 2, x)).toFixed(1)} ${STEMS.middle}v${(-error * STEMS.unit).toFixed(1)}`;
  }
  return path;
}

/** A bar from the middle of a gauge whose ends are half a step. */
export function gaugeBar(drift: number): { x: string; width: string } {
  const middle = GAUGES.left + GAUGES.unit / 2;
  const length = Math.abs(drift) * GAUGES.unit;
  return { x: (drift < 0 ? middle - length : middle).toFixed(1), width: length.toFixed(1) };
}

/** Everything that the drawing shows, as attributes by part. */
export function driftDrawing(
  counts: CodeCounts,
  dropped: number,
  rounding: Rounding,
): Record<string, Record<string, string>> {
  const { right, outwards } = driftOf(counts, dropped, rounding);
  return {
    raised: { d: stemsPath(dropped, rounding, 'raised') },
    lowered: { d: stemsPath(dropped, rounding, 'lowered') },
    stems: { 'stroke-width': dropped > 4 ? '2' : dropped > 3 ? '3' : '5' },
    'right-bar': gaugeBar(right),
    'outwards-bar': gaugeBar(outwards),
  };
}

/** What the figure says in words. */
export function driftTexts(
  counts: CodeCounts,
  dropped: number,
  rounding: Rounding,
): Record<string, string> {
  const { right, outwards, typical } = driftOf(counts, dropped, rounding);
  return {
    dropped: `${dropped}`,
    halves: `one in ${2 ** dropped}`,
    right: steps(right),
    outwards: steps(outwards),
    typical: steps(typical),
  };
}

/** One line of the table for each way. */
export function driftRows(counts: CodeCounts, dropped: number): string[][] {
  return (Object.keys(ROUNDINGS) as Rounding[]).map((rounding) => {
    const texts = driftTexts(counts, dropped, rounding);
    return ['right', 'outwards', 'typical'].map((name) => texts[name]!);
  });
}

const steps = (value: number) => writeNumber(Number(value.toFixed(4)), 3);
