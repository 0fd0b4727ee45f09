/**
 * Prunes at the end whether or not it is its turn.
 *
 * @fails due
 * @advice You prune at `endStep` in any case. It prunes only when `endStep − beginStep` is a multiple of `frequency`; otherwise the last pruning is the one before it, and the final sparsity is never quite reached. That is how the toolkit has it too.
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, endStep, power, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = finalSparsity + (initialSparsity - finalSparsity) * (1 - p) ** power;
  const isInRange = step >= beginStep && step <= endStep;
  const isDue = (step - beginStep) % frequency === 0 || step === endStep;
  return { sparsity, shouldPrune: isInRange && isDue };
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
