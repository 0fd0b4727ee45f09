/**
 * Gives the range of the values that are left, though it leaves 0 out.
 *
 * @fails holds-zero
 * @advice Your range is that of the values which are left. When they are all of one sign it has no code for 0, and every padded square would be wrong. Move the nearer end to 0, and count the clipped after that.
 */
export function percentileRange(
  values: Float32Array,
  percentile: number,
): { min: number; max: number; clipped: number } {
  requireValues(values);
  requirePercentile(percentile);
  const sorted = Float32Array.from(values).sort();
  const cut = Math.floor((sorted.length * (100 - percentile)) / 200);
  const min = sorted[cut]!;
  const max = sorted[sorted.length - 1 - cut]!;
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
