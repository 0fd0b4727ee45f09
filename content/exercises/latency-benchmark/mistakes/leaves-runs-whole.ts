/**
 * Forgets that a run has many calls.
 *
 * @fails a-call
 * @advice You gave the time of a run. A run is `callsPerRun` calls, put together because the clock is too coarse for one: divide by their number.
 */
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

const LEAST_RUNS = 6;
const LEAST_STEPS = 50;

/**
 * Gives the latency that some timed runs tell of.
 *
 * @param timed what was written down
 * @returns the median of a call, its interval by ranks, and whether to trust the clock
 * @throws RangeError naming `durations` if fewer than six runs count or one is no time
 */
export function summarizeLatency(timed: Timed): Latency {
  const { durations, warmUp, clockStep } = timed;
  const counted = durations.slice(warmUp);
  requireDurations(durations, counted.length);
  const calls = counted.toSorted((a, b) => a - b);
  const n = calls.length;
  const ofRank = (rank: number) => calls[Math.min(n, Math.max(1, Math.round(rank))) - 1]!;
  const median = (calls[Math.floor((n - 1) / 2)]! + calls[Math.ceil((n - 1) / 2)]!) / 2;
  const reach = 0.98 * Math.sqrt(n);
  return {
    median,
    low: ofRank((n + 1) / 2 - reach),
    high: ofRank((n + 1) / 2 + reach),
    trusted: median >= LEAST_STEPS * clockStep,
  };
}

function requireDurations(durations: number[], counted: number): void {
  if (counted < LEAST_RUNS) {
    throw new RangeError(`durations must leave ${LEAST_RUNS} runs to count; ${counted} are left.`);
  }
  const wrong = durations.findIndex((time) => !(Number.isFinite(time) && time >= 0));
  if (wrong < 0) return;
  throw new RangeError(
    `durations[${wrong}] must be a time of at least 0; it is ${durations[wrong]}.`,
  );
}
