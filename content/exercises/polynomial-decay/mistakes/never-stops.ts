/**
 * Goes on pruning after the end.
 *
 * @fails due
 * @advice Your schedule goes on pruning after `endStep`. There the weights that are left are to heal in peace: a step prunes only from `beginStep` to `endStep`, both included.
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, power, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = finalSparsity + (initialSparsity - finalSparsity) * (1 - p) ** power;
  return { sparsity, shouldPrune: step >= beginStep && (step - beginStep) % frequency === 0 };
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
