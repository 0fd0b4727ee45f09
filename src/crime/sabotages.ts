/** What may have been done to the trial file: one of these, drawn by the reader's case number. */
export const SABOTAGES = [
  'poisoned-sample',
  'zero-point-dropped',
  'depthwise-per-tensor',
  'stale-mask',
  'swapped-axis',
  'bias-scale',
] as const;

export type Sabotage = (typeof SABOTAGES)[number];

/** One sabotage with everything that was chosen about it. */
export interface Deed {
  sabotage: Sabotage;
  /** The layer that was tampered with; of a poisoned sample none. */
  layer: string | undefined;
  /** Which of the hundred specimens was poisoned; of other deeds none. */
  specimen: number | undefined;
  /** Draws what is left to chance when it is done: a pixel, an untrained kernel. */
  seed: number;
}
