/** One weight that learns behind a rounding: its steps, and how they are drawn. */
import { fakeQuantForward } from '../../../engine/fake-quantization/fake-quant-loops.ts';
import { nudge } from '../../../engine/fake-quantization/nudge.ts';
import { writeNumber } from '../write-number.ts';

/** The gradient that is passed back: as if nothing were rounded, or what the staircase has. */
export type Slope = 'straight' | 'own';

export interface Lesson {
  /** The rule reaches from −range to range. */
  range: number;
  bits: number;
  /** What ought to come out. */
  target: number;
  /** By how much a gradient of 1 moves the weight. */
  rate: number;
  slope: Slope;
}

/** The weight behind the scenes and what comes out of the rounding, at one step. */
export interface Moment {
  weight: number;
  out: number;
}

export const WIDTH = 640;
export const HEIGHT = 270;
/** Weights are drawn from −VIEW to VIEW times the range. */
export const VIEW = 1.25;
/** The last steps which are drawn. */
export const STEPS_DRAWN = 60;
const STAIRS = { left: 0, right: 250, top: 16, base: 246 };
const PATH = { left: 300, right: WIDTH, top: 16, base: 246 };

const rule = ({ range, bits }: Lesson) => nudge('the rule', -range, range, bits, true);

/** What comes out when this weight is rounded. */
export function comesOut(weight: number, lesson: Lesson): number {
  const out = new Float32Array(1);
  const layout = { outer: 1, size: 1, inner: 1 };
  fakeQuantForward(Float32Array.of(weight), out, [rule(lesson)], layout, true);
  return out[0]!;
}

/** The derivative of (out − target)²/2 by the weight, as it is passed back. */
export function gradient(weight: number, lesson: Lesson): number {
  const { min, max } = rule(lesson);
  const passes = lesson.slope === 'straight' && weight >= min && weight <= max;
  return passes ? comesOut(weight, lesson) - lesson.target : 0;
}

/** The moments of so many steps more. */
export function learn(from: Moment, lesson: Lesson, steps: number): Moment[] {
  const moments: Moment[] = [];
  let { weight } = from;
  for (let step = 0; step < steps; step++) {
    weight -= lesson.rate * gradient(weight, lesson);
    moments.push({ weight, out: comesOut(weight, lesson) });
  }
  return moments;
}

/** The moment at which learning starts. */
export const startAt = (weight: number, lesson: Lesson): Moment => ({
  weight,
  out: comesOut(weight, lesson),
});

interface Box {
  left: number;
  right: number;
  top: number;
  base: number;
}

const held = (share: number): number => Math.max(0, Math.min(1, share));
const across = (share: number, { left, right }: Box): string =>
  (left + held(share) * (right - left)).toFixed(1);
const up = (value: number, range: number, { top, base }: Box): string =>
  (base - held((value / (VIEW * range) + 1) / 2) * (base - top)).toFixed(1);

/** The staircase: what comes out of each weight. */
export function stairsPath(lesson: Lesson): string {
  const { range } = lesson;
  const { min, max, scale } = rule(lesson);
  let path = `M${STAIRS.left} ${up(min, range, STAIRS)}`;
  for (let low = min; low < max - scale / 2; low += scale) {
    const edge = (low + scale / 2) / (VIEW * range);
    path += `H${across((edge + 1) / 2, STAIRS)}V${up(low + scale, range, STAIRS)}`;
  }
  return `${path}H${STAIRS.right}`;
}

/** The moments as a line from left to right: the weight’s own, or what came out, which jumps. */
export function momentsPath(moments: readonly Moment[], lesson: Lesson, of: keyof Moment): string {
  const shown = moments.slice(-STEPS_DRAWN - 1);
  const x = (i: number) => across(i / STEPS_DRAWN, PATH);
  const y = (moment: Moment) => up(moment[of], lesson.range, PATH);
  return shown
    .map((moment, i) => {
      if (i === 0) return `M${x(0)} ${y(moment)}`;
      return of === 'out' ? `H${x(i)}V${y(moment)}` : `L${x(i)} ${y(moment)}`;
    })
    .join('');
}

/** Everything that the figure draws and says. */
export function lessonDrawing(
  moments: readonly Moment[],
  lesson: Lesson,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const { range, target } = lesson;
  const now = moments.at(-1)!;
  const outs = moments.slice(1);
  const mean = outs.reduce((sum, { out }) => sum + out, 0) / outs.length;
  const level = (box: Box) => `M${box.left} ${up(target, range, box)}H${box.right}`;
  return {
    attributes: {
      stairs: { d: stairsPath(lesson) },
      targets: { d: level(STAIRS) + level(PATH) },
      point: {
        cx: across((now.weight / (VIEW * range) + 1) / 2, STAIRS),
        cy: up(now.out, range, STAIRS),
      },
      weights: { d: momentsPath(moments, lesson, 'weight') },
      outs: { d: momentsPath(moments, lesson, 'out') },
    },
    texts: {
      bits: `${lesson.bits}`,
      weight: writeNumber(now.weight),
      target: writeNumber(target),
      rate: writeNumber(lesson.rate),
      out: writeNumber(now.out),
      gradient: writeNumber(gradient(now.weight, lesson), 3),
      steps: `${outs.length}`,
      mean: outs.length === 0 ? '—' : writeNumber(mean),
      verdict: verdict(now, lesson),
    },
  };
}

/** What the weight is told, in words. */
function verdict({ weight, out }: Moment, lesson: Lesson): string {
  if (lesson.slope === 'own') return 'The staircase is flat here: the weight is told nothing.';
  const { min, max } = rule(lesson);
  if (weight < min || weight > max) return 'Outside the range: the weight is told nothing.';
  if (Math.abs(out - lesson.target) < 1e-6) return 'What comes out is right: the weight may stay.';
  return out > lesson.target
    ? 'Too much comes out: the weight is pushed down.'
    : 'Too little comes out: the weight is pushed up.';
}

/** The last moments as rows of a table: step, weight, what came out, its error. */
export function lessonRows(
  moments: readonly Moment[],
  { target }: Lesson,
  rows: number,
): string[][] {
  const first = Math.max(0, moments.length - rows);
  return moments
    .slice(first)
    .map(({ weight, out }, i) => [
      `${first + i}`,
      writeNumber(weight),
      writeNumber(out),
      writeNumber(out - target, 3),
    ]);
}
