/**
 * Rounds the number of groups down, and puts what is left into the last whole one.
 *
 * @fails short-group
 * @advice You round the number of groups down, so what is left over is pushed into the group before it. Three inputs in groups of two are two groups, and the second has one input.
 */
const LAST_CODE = 7;

export function quantizeGroups(
  weights: number[],
  inputs: number,
  units: number,
  groupSize: number,
): { codes: Int8Array; scales: number[]; bytes: number } {
  requireGroupSize(groupSize);
  const groups = Math.max(1, Math.floor(inputs / groupSize));
  const largest = new Array<number>(groups * units).fill(0);
  const scaleOf = (i: number): number => {
    const [input, unit] = [Math.floor(i / units), i % units];
    return Math.min(groups - 1, Math.floor(input / groupSize)) * units + unit;
  };
  weights.forEach((weight, i) => {
    largest[scaleOf(i)] = Math.max(largest[scaleOf(i)]!, Math.abs(weight));
  });
  const scales = largest.map((size) => (size === 0 ? 1 : size / LAST_CODE));
  const codes = Int8Array.from(weights, (weight, i) => {
    const steps = weight / scales[scaleOf(i)]!;
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    return Math.min(LAST_CODE, Math.max(-LAST_CODE, nearest));
  });
  return { codes, scales, bytes: Math.ceil(codes.length / 2) + 2 * scales.length };
}

export function sumInGroups(
  x: number[],
  codes: Int8Array,
  scales: number[],
  units: number,
  groupSize: number,
): number[] {
  requireGroupSize(groupSize);
  const sums = new Array<number>(units).fill(0);
  for (let first = 0, group = 0; first < x.length; first += groupSize, group++) {
    for (let unit = 0; unit < units; unit++) {
      let whole = 0;
      for (let i = first; i < Math.min(first + groupSize, x.length); i++)
        whole += x[i]! * codes[i * units + unit]!;
      sums[unit]! += scales[group * units + unit]! * whole;
    }
  }
  return sums;
}

function requireGroupSize(groupSize: number): void {
  if (!Number.isInteger(groupSize) || groupSize < 1)
    throw new RangeError(`groupSize must be a whole number from 1 up; it is ${groupSize}.`);
}
