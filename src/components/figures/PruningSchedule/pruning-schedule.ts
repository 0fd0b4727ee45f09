/** The figure of schedule against accuracy: how it is drawn, and what it says. */
import {
  FIRST_PLAN,
  STEPS,
  TEST_IMAGES,
  heldSparsity,
  measuredSteps,
  plannedSparsity,
  type PruningPlan,
  type RunPoint,
  type Way,
} from './pruning-plan.ts';

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 336;
/** Above, the share of zeros from 0 to 1; below, the share read rightly, from LOWEST to 1. */
export const UPPER = { top: 24, base: 124 };
export const LOWER = { top: 158, base: 308 };
export const LOWEST = 0.3;

/** The book's own runs, to the first plan's sparsity and end. */
export type Runs = Record<Way, RunPoint[]>;

export const WAY_NAMES: Record<Way, string> = {
  degrees: 'by degrees, fast at first (power 3)',
  line: 'in a straight line (power 1)',
  once: 'all at the first step',
};

/** Every how many steps the table has a row. */
const TABLE_STEP = 20;

const x = (step: number): string => ((step / STEPS) * WIDTH).toFixed(1);
const percent = (share: number, places = 0): string => `${(100 * share).toFixed(places)}%`;

function upperY(sparsity: number): string {
  return (UPPER.base - sparsity * (UPPER.base - UPPER.top)).toFixed(1);
}

/** A run that reads worse than the panel reaches is drawn along its lower edge. */
function lowerY(correct: number): string {
  const share = Math.max(LOWEST, correct / TEST_IMAGES);
  return (LOWER.base - ((share - LOWEST) / (1 - LOWEST)) * (LOWER.base - LOWER.top)).toFixed(1);
}

const path = (points: string[]): string => (points.length === 0 ? '' : `M${points.join('L')}`);

/** The schedule itself, a smooth line. */
export function planPath(plan: PruningPlan): string {
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
  return path(steps.map((step) => `${x(step)} ${upperY(plannedSparsity(plan, step))}`));
}

/** What the masks hold: a stair, since only some steps prune. */
export function stairPath(plan: PruningPlan): string {
  let [text, held] = [`M0.0 ${upperY(0)}`, 0];
  for (let step = 1; step <= STEPS; step++) {
    const now = heldSparsity(plan, step);
    if (now === held) continue;
    held = now;
    text += `H${x(step)}V${upperY(now)}`;
  }
  return `${text}H${WIDTH}.0`;
}

/** The accuracy of a run, as far as it has come. */
export function accuracyPath(points: readonly RunPoint[]): string {
  return path(points.map(({ step, correct }) => `${x(step)} ${lowerY(correct)}`));
}

const said = ({ way, finalSparsity, endStep }: PruningPlan): string =>
  way === 'once'
    ? `to ${percent(finalSparsity)} at the first step`
    : `to ${percent(finalSparsity)} by step ${endStep}, ${way === 'line' ? 'in a straight line' : 'by degrees'}`;

/** What a run came to, in words. */
export function verdict(whose: string, plan: PruningPlan, points: readonly RunPoint[]): string {
  const last = points.at(-1)!;
  const worst = points.reduce((low, point) => (point.correct < low.correct ? point : low));
  return (
    `${whose}, ${said(plan)}: ${last.correct} of ${TEST_IMAGES.toLocaleString('en-GB')} read after step ${last.step}; ` +
    `at worst ${worst.correct}, after step ${worst.step}.`
  );
}

/** The book's own run of a way. */
export const bookPlan = (way: Way): PruningPlan => ({ ...FIRST_PLAN, way });

/** What the controls say. */
export function planTexts({ way, finalSparsity, endStep }: PruningPlan): Record<string, string> {
  return {
    sparsity: percent(finalSparsity),
    'end-step': way === 'once' ? '1' : String(endStep),
  };
}

/** Rows of the table: step, zeros by the plan's masks, read in the book's run, read in the reader's. */
export function scheduleRows(
  plan: PruningPlan,
  book: readonly RunPoint[],
  own: readonly RunPoint[],
): string[][] {
  const read = (points: readonly RunPoint[], step: number): string =>
    String(points.find((point) => point.step === step)?.correct ?? '–');
  return measuredSteps()
    .filter((step) => step % TABLE_STEP === 0)
    .map((step) => [
      String(step),
      percent(heldSparsity(plan, step), 1),
      read(book, step),
      read(own, step),
    ]);
}
