const LAST_CODE = 7;

/**
 * Quantizes a dense kernel to four bits, with a scale for every group of inputs of a unit.
 *
 * @param weights [inputs, units], row-major
 * @param inputs number of inputs
 * @param units number of units
 * @param groupSize inputs to a group, 1 or more; the last group has what is left
 * @returns `codes`, −7 … 7; `scales`, [groups, units], row-major; `bytes`, with scales of 16 bits
 * @throws RangeError if `groupSize` is no whole number from 1 up
 */
export function quantizeGroups(
  weights: number[],
  inputs: number,
  units: number,
  groupSize: number,
): { codes: Int8Array; scales: number[]; bytes: number } {
  requireGroupSize(groupSize);
  const groups = Math.max(1, Math.floor(inputs / groupSize)); // And what is left over?
  const scales = new Array<number>(groups * units).fill(1);
  const codes = Int8Array.from(weights, (weight) => Math.min(LAST_CODE, Math.round(weight)));
  return { codes, scales, bytes: codes.length + 2 * scales.length };
}

/**
 * Adds up what each unit gets, in whole numbers within a group.
 *
 * @param x one whole number for each input
 * @param codes [inputs, units], row-major
 * @param scales [groups, units], row-major
 * @param units number of units
 * @param groupSize inputs to a group, 1 or more; the last group has what is left
 * @returns one sum for each unit
 * @throws RangeError if `groupSize` is no whole number from 1 up
 */
export function sumInGroups(
  x: number[],
  codes: Int8Array,
  scales: number[],
  units: number,
  groupSize: number,
): number[] {
  requireGroupSize(groupSize);
  const sums = new Array<number>(units).fill(0);
  x.forEach((value, i) => {
    for (let unit = 0; unit < units; unit++) sums[unit]! += value * codes[i * units + unit]!;
  });
  return sums.map((sum) => sum * scales[0]!); // Teaspoons added to tablespoons.
}

function requireGroupSize(groupSize: number): void {
  if (!Number.isInteger(groupSize) || groupSize < 1)
    throw new RangeError(`groupSize must be a whole number from 1 up; it is ${groupSize}.`);
}

console.log(quantizeGroups([7, 0.7, -14, 0.35, 70, 0], 3, 2, 2), '(scales 2, 0.1, 10, 1 expected)');
console.log(
  sumInGroups([1, 2, 3], Int8Array.of(4, 7, -7, 4, 7, 0), [2, 0.1, 10, 1], 2, 2),
  '(190, 1.5)',
);
