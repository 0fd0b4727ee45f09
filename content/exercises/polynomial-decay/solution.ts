/** When a layer is pruned, and how far. */
export interface Schedule {
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

/** How far the schedule has come: 0 until it begins, 1 from its end on. */
function progressAt(step: number, { beginStep, endStep }: Schedule): number {
  if (endStep === beginStep) return step >= beginStep ? 1 : 0;
  return Math.min(1, Math.max(0, (step - beginStep) / (endStep - beginStep)));
}

/**
 * What a schedule says at a step.
 *
 * @param step a whole number from 0
 * @returns `sparsity`, the share of zeros asked for, and `shouldPrune`, whether this step makes them
 */
export function pruneAt(
  step: number,
  schedule: Schedule,
): { sparsity: number; shouldPrune: boolean } {
  const { initialSparsity, finalSparsity, beginStep, endStep, power, frequency } = schedule;
  const p = progressAt(step, schedule);
  const sparsity = finalSparsity + (initialSparsity - finalSparsity) * (1 - p) ** power;
  const isInRange = step >= beginStep && step <= endStep;
  const shouldPrune = isInRange && (step - beginStep) % frequency === 0;
  return { sparsity, shouldPrune };
}
