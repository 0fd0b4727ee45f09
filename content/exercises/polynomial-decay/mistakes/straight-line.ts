/**
 * Forgets the power.
 *
 * @fails way
 * @advice Your sparsity goes in a straight line, as it would with the power 1. Raise $1 - p$ to `power`, and it goes fast at first and slowly at last.
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, endStep, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = finalSparsity + (initialSparsity - finalSparsity) * (1 - p);
  const isInRange = step >= beginStep && step <= endStep;
  return { sparsity, shouldPrune: isInRange && (step - beginStep) % frequency === 0 };
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
