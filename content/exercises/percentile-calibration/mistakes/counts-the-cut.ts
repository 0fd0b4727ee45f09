/**
 * Says that what it left out is what is clipped.
 *
 * @fails ties
 * @advice You counted the values that you left out. Some of them may be inside after all: equal to the end of the range, or let in again when an end was moved to 0. Count, among all the values, those that lie below `min` or above `max`.
 */
export function percentileRange(
  values: Float32Array,
  percentile: number,
): { min: number; max: number; clipped: number } {
  requireValues(values);
  requirePercentile(percentile);
  const sorted = Float32Array.from(values).sort();
  const cut = Math.floor((sorted.length * (100 - percentile)) / 200);
  const min = Math.min(sorted[cut]!, 0);
  const max = Math.max(sorted[sorted.length - 1 - cut]!, 0);
  return { min, max, clipped: 2 * cut };
}

function requireValues(values: Float32Array): void {
  if (values.length === 0) throw new RangeError(`values is empty.`);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`values[${wrong}] must be finite; it is ${values[wrong]}.`);
}

function requirePercentile(percentile: number): void {
  if (percentile > 0 && percentile <= 100) return;
  throw new RangeError(`percentile must be above 0 and at most 100; it is ${percentile}.`);
}
