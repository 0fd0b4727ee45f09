/** A run of pruning as the reader plans it, in plain numbers: the page needs no TensorFlow.js to draw it. */

/** How the zeros come: by Zhu and Gupta's cubic, in a straight line, or all at the first step. */
export type Way = 'degrees' | 'line' | 'once';

export interface PruningPlan {
  way: Way;
  /** Share of the weights of both layers that is zero at last. */
  finalSparsity: number;
  /** Step of the last pruning; a multiple of {@link FREQUENCY}. */
  endStep: number;
}

/** What was measured after a step. */
export interface RunPoint {
  step: number;
  /** Share of zeros in both layers, by their masks. */
  sparsity: number;
  /** Test images read rightly. */
  correct: number;
}

/** Steps of a run. */
export const STEPS = 200;
/** Steps from one pruning to the next. */
export const FREQUENCY = 8;
/** Steps from one measurement to the next. */
export const EVERY = 5;
export const BATCH = 64;
export const LEARNING_RATE = 0.001;
export const TRAIN_IMAGES = 2000;
export const TEST_IMAGES = 1000;
/** The layers that are pruned; the last layer, with its thousand weights, is left alone. */
export const LAYERS = ['dense_1', 'dense_2'] as const;

/** The power of (1 − p) in the schedule. */
export const POWERS: Record<Exclude<Way, 'once'>, number> = { degrees: 3, line: 1 };

/** What the figure opens on, and what the book's own runs have in common. */
export const FIRST_PLAN: PruningPlan = { way: 'degrees', finalSparsity: 0.97, endStep: 120 };

/** The sparsity that the plan asks for at a step, whether or not that step prunes. */
export function plannedSparsity(
  { way, finalSparsity, endStep }: PruningPlan,
  step: number,
): number {
  if (way === 'once') return step >= 1 ? finalSparsity : 0;
  const share = Math.min(1, Math.max(0, step / endStep));
  return finalSparsity * (1 - (1 - share) ** POWERS[way]);
}

/** The sparsity that the masks have after a step: that of the last step that pruned. */
export function heldSparsity(plan: PruningPlan, step: number): number {
  if (plan.way === 'once') return plannedSparsity(plan, step);
  const last = Math.floor(Math.min(step, plan.endStep) / FREQUENCY) * FREQUENCY;
  return plannedSparsity(plan, last);
}

/** The steps after which is measured: the start, and every so many. */
export function measuredSteps(): number[] {
  return Array.from({ length: STEPS / EVERY + 1 }, (_, i) => i * EVERY);
}
