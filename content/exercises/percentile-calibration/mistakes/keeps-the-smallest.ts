/**
 * Leaves out the values of the largest size, of either sign.
 *
 * @fails both-ends
 * @advice You left out the values of the largest *size*. That clips one end twice and the other not at all when the data lie to one side. Leave out as many at the lower end as at the upper.
 */
export function percentileRange(
  values: Float32Array,
  percentile: number,
): { min: number; max: number; clipped: number } {
  requireValues(values);
  requirePercentile(percentile);
  const bySize = Float32Array.from(values).sort((a, b) => Math.abs(a) - Math.abs(b));
  const cut = Math.floor((bySize.length * (100 - percentile)) / 200);
  const kept = bySize.slice(0, bySize.length - 2 * cut);
  const min = Math.min(0, ...kept);
  const max = Math.max(0, ...kept);
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
