import type { Benchmark } from '../engine/evaluation/benchmark.ts';

/** How long one inference takes, in milliseconds. */
export interface Timing extends Benchmark {
  /** Nine runs of ten were not longer. */
  p90: number;
}

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
