/**
 * Sorts an ordinary array without a rule, and so as words.
 *
 * @fails any-range
 * @advice You sorted an ordinary array without telling it how to compare, and it compared words: "10" comes before "9", and "-1" before "-2". Sort a typed array, or give `sort` the rule `(a, b) => a - b`.
 */
export function percentileRange(
  values: Float32Array,
  percentile: number,
): { min: number; max: number; clipped: number } {
  requireValues(values);
  requirePercentile(percentile);
  const sorted = [...values].sort();
  const cut = Math.floor((sorted.length * (100 - percentile)) / 200);
  const min = Math.min(sorted[cut]!, 0);
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
