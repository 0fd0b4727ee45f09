/** The figure of the recipe by its steps: how it is drawn, and what it says of a step. */
import type { Section61Results } from '../../../../scripts/results/sections/6.1.ts';

/** What of the committed run the figure shows. */
export type RecipeRun = Pick<
  Section61Results,
  'steps' | 'stepsPerEpoch' | 'validationImages' | 'epochs' | 'points' | 'prunings'
>;

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 330;
/** Above, the share of zeros from 0 to 1; below, the share read rightly, from LOWEST to 1. */
export const UPPER = { top: 26, base: 126 };
export const LOWER = { top: 162, base: 282 };
export const LOWEST = 0.8;
/** At the first renewal of the masks. */
export const FIRST_STEP = 1000;

const EVERY = 100;
const whole = (value: number): string => value.toLocaleString('en-GB');
const percent = (share: number, places = 0): string => `${(100 * share).toFixed(places)}%`;

export const x = (run: RecipeRun, step: number): number => (step / run.steps) * WIDTH;
export const upperY = (sparsity: number): number =>
  UPPER.base - sparsity * (UPPER.base - UPPER.top);
export const lowerY = (share: number): number =>
  LOWER.base - ((share - LOWEST) / (1 - LOWEST)) * (LOWER.base - LOWER.top);

/** What the masks hold: a stair, since only some steps renew them. */
export function stairPath(run: RecipeRun): string {
  const stairs = run.prunings.map(
    ({ step, sparsity }) => `H${x(run, step).toFixed(1)}V${upperY(sparsity).toFixed(1)}`,
  );
  return `M0 ${upperY(0)}${stairs.join('')}H${WIDTH}`;
}

export function accuracyPath(run: RecipeRun): string {
  const points = run.points.map(
    ({ step, correct }) =>
      `${x(run, step).toFixed(1)} ${lowerY(correct / run.validationImages).toFixed(1)}`,
  );
  return `M${points.join('L')}`;
}

/** Where the epochs end. */
export function epochPath(run: RecipeRun): string {
  return run.epochs
    .slice(0, -1)
    .map((_, i) => `M${x(run, (i + 1) * run.stepsPerEpoch).toFixed(1)} ${UPPER.top}V${LOWER.base}`)
    .join('');
}

/** The share of zeros that the masks hold after a step. */
export const heldAt = (run: RecipeRun, step: number): number =>
  run.prunings.findLast((pruning) => pruning.step <= step)?.sparsity ?? 0;

/** The last look at the network before a step, or at it. */
const lastLook = (run: RecipeRun, step: number) =>
  run.points.findLast((point) => point.step <= step);

/** The epoch, from 1, that a step falls in. */
export const epochOf = (run: RecipeRun, step: number): number =>
  Math.max(1, Math.ceil(step / run.stepsPerEpoch));

/** Whether the epoch, from 1, had the least validation loss so far: what ModelCheckpoint keeps. */
export function isKept(run: RecipeRun, epoch: number): boolean {
  const losses = run.epochs.slice(0, epoch).map(({ valLoss }) => valLoss);
  return losses.at(-1) === Math.min(...losses) && losses.indexOf(losses.at(-1)!) === epoch - 1;
}

/** What is done at a step, in sentences. */
export function doings(run: RecipeRun, step: number): string {
  if (step === 0) {
    return 'fit begins. UpdatePruningStep sets every layer’s count from −1 to 0; all masks are ones.';
  }
  const pruning = run.prunings.find((each) => each.step === step);
  const [first, last] = [run.prunings[0]!, run.prunings.at(-1)!];
  const said = [];
  if (pruning) {
    said.push(
      `The schedule asks for ${percent(pruning.sparsity, 1)} of zeros, and the masks are found anew: ` +
        `${whole(pruning.struck)} more weights are struck out, ${whole(pruning.letIn)} let in again. ` +
        `In dense_1 the smallest that is kept is ${pruning.threshold.toFixed(4)}.`,
    );
  } else if (step < first.step) {
    said.push(
      'The layers count the step. No mask is due; the weights are whole, and Adam moves them.',
    );
  } else if (step < last.step) {
    said.push(
      'The masks stay. What is struck out is zero once more before the batch is read; Adam moves the rest.',
    );
  } else {
    said.push('The pruning is over. The masks stay, and what is left goes on learning.');
  }
  if (step % run.stepsPerEpoch === 0) {
    const epoch = epochOf(run, step);
    const { valLoss, correct } = run.epochs[epoch - 1]!;
    said.push(
      `Epoch ${epoch} ends: UpdatePruningStep masks the weights once more, fit validates (loss ${valLoss.toFixed(4)}), ` +
        `and ModelCheckpoint ${isKept(run, epoch) ? 'keeps this epoch' : 'keeps an earlier one'}. ` +
        `Of all ten thousand cards it reads ${whole(correct)}.`,
    );
  }
  return said.join(' ');
}

/** The numbers beside the drawing. */
export function readings(run: RecipeRun, step: number): Record<string, string> {
  const look = lastLook(run, step);
  const epoch = epochOf(run, step);
  const batch = step - (epoch - 1) * run.stepsPerEpoch;
  return {
    step: whole(step),
    place:
      step === 0 ? 'before the first batch' : `${epoch}, batch ${batch} of ${run.stepsPerEpoch}`,
    zeros: percent(heldAt(run, step), 1),
    read: look
      ? `${whole(look.correct)} of ${whole(run.validationImages)}, after step ${whole(look.step)}`
      : 'not looked at yet',
    loss: look ? look.loss.toFixed(4) : '–',
  };
}

/** The steps at which more is done than training: the beginning, renewals of the masks, ends of epochs. */
export function events(run: RecipeRun): number[] {
  const ends = run.epochs.map((_, i) => (i + 1) * run.stepsPerEpoch);
  return [...new Set([0, ...run.prunings.map(({ step }) => step), ...ends])].sort((a, b) => a - b);
}

/** The event next to a step on one side; the step itself where there is none. */
export function neighbour(run: RecipeRun, step: number, side: -1 | 1): number {
  const all = events(run);
  const found = side < 0 ? all.findLast((each) => each < step) : all.find((each) => each > step);
  return found ?? step;
}

/** Rows of the table: step, epoch, zeros, read. */
export function timelineRows(run: RecipeRun): string[][] {
  return run.points
    .filter(({ step }) => step % EVERY === 0)
    .map(({ step, correct }) => [
      whole(step),
      String(epochOf(run, step)),
      percent(heldAt(run, step), 1),
      String(correct),
    ]);
}
