/** How the values of one weight are spread. */
export interface WeightSummary {
  min: number;
  max: number;
  zeros: number;
  /** Bins of one width from −limit to limit; zero is in the middle of the middle one. */
  histogram: { limit: number; counts: number[] };
}

/** Odd, so that zero is the middle of a bin. */
const BINS = 41;

/**
 * Summarizes weights in one pass for the range and one for the counts. Values that are not finite are in no bin.
 */
export function summarizeWeights(values: ArrayLike<number>): WeightSummary {
  let [min, max, zeros] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === 0) zeros++;
  }
  if (values.length === 0) [min, max] = [0, 0];
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const limit = Number.isFinite(largest) ? largest : 0;
  const counts = new Array<number>(BINS).fill(0);
  const scale = limit === 0 ? 0 : BINS / (2 * limit);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    counts[Math.min(BINS - 1, Math.floor(value * scale + BINS / 2))]! += 1;
  }
  return { min, max, zeros, histogram: { limit, counts } };
}
