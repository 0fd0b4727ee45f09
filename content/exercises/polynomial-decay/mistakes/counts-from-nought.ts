/**
 * Prunes at the multiples of frequency, counted from step 0.
 *
 * @fails due
 * @advice You prune where `step` itself is a multiple of `frequency`. The count starts at `beginStep`: that step always prunes, and then every `frequency`-th step after it.
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, endStep, power, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = finalSparsity + (initialSparsity - finalSparsity) * (1 - p) ** power;
  const isInRange = step >= beginStep && step <= endStep;
  return { sparsity, shouldPrune: isInRange && step % frequency === 0 };
}

interface Schedule {
  /** Share of zeros at `beginStep`, from 0 up to 1. */
  initialSparsity: number;
  /** Share of zeros at `endStep`, from 0 up to 1. */
  finalSparsity: number;
  /** First step that prunes. */
  beginStep: number;
  /** Last step that may prune, not below `beginStep`. */
  endStep: number;
  /** Above 0. */
  power: number;
  /** Steps from one pruning to the next, from 1. */
  frequency: number;
}

function progressAt(step: number, { beginStep, endStep }: Schedule): number {
  if (endStep === beginStep) return step >= beginStep ? 1 : 0;
  return Math.min(1, Math.max(0, (step - beginStep) / (endStep - beginStep)));
}
