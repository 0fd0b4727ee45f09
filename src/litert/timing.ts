import {
  benchmark,
  type Benchmark,
  type BenchmarkOptions,
} from '../engine/evaluation/benchmark.ts';

/** How long one inference takes, in milliseconds. */
export interface Timing extends Benchmark {
  /** Nine runs of ten were not longer. */
  p90: number;
}

/** Measurements that are thrown away at most, because their runs were too short. */
const THROWN_AWAY = 4;

/**
 * The 90th percentile of times, as the nearest rank: the smallest of them that nine of ten do not exceed.
 *
 * @see R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996
 */
export function percentile90(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(0.9 * sorted.length) - 1)] ?? NaN;
}

/** Adds what a benchmark leaves out. */
export const withPercentile = (benchmark: Benchmark): Timing => ({
  ...benchmark,
  p90: percentile90(benchmark.samples),
});

/**
 * Measures how long a function takes. What the browser compiles meanwhile grows quicker, and runs that were long enough
 * at first too short for the clock: then all of it once more.
 */
export async function timeRuns(run: () => unknown, options: BenchmarkOptions): Promise<Timing> {
  let timing = await benchmark(run, options);
  for (let left = THROWN_AWAY; left > 0 && timing.warning !== ''; left--)
    timing = await benchmark(run, options);
  return withPercentile(timing);
}
