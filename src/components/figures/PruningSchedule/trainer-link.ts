/** The messages between the figure and the worker that trains for it. */
import type { PruningPlan, RunPoint } from './pruning-plan.ts';

/** The model that is pruned: the retired one, with a known weight in every place. */
export const MODEL = 'lenet-300-100';

export interface ToTrainer {
  plan: PruningPlan;
  /** Path of the site's root, with a slash at its end. */
  base: string;
}

export type FromTrainer =
  | { kind: 'progress'; text: string }
  | { kind: 'point'; point: RunPoint }
  | { kind: 'done' }
  | { kind: 'error'; explain: string };
