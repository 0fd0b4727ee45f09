/**
 * Raises the progress itself to the power: slow at first and fast at last.
 *
 * @fails way
 * @advice Your sparsity is right at both ends, and lags between them: you raised $p$ to the power. That is slow while weights are plentiful and fast when they are few, the wrong way about. It is what is still to come, $1 - p$, that takes the power.
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, endStep, power, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = initialSparsity + (finalSparsity - initialSparsity) * p ** power;
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
