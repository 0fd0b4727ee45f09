/**
 * Takes the whole share away at the upper end.
 *
 * @fails both-ends
 * @advice You left out the largest values only, and twice too many of them. Poison may lie at either end: half of the share goes at the lower end and half at the upper.
 */
export function percentileRange(
  values: Float32Array,
  percentile: number,
): { min: number; max: number; clipped: number } {
  requireValues(values);
  requirePercentile(percentile);
  const sorted = Float32Array.from(values).sort();
  const cut = Math.floor((sorted.length * (100 - percentile)) / 100);
  const min = Math.min(sorted[0]!, 0);
  const max = Math.max(sorted[sorted.length - 1 - cut]!, 0);
  const clipped = values.filter((value) => value < min || value > max).length;
  return { min, max, clipped };
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
