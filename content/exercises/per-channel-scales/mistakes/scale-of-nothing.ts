/**
 * Gives a channel of zeros the scale 0.
 *
 * @fails zeros
 * @advice A channel of zeros gets the scale 0, and 0 divided by 0 is no number. Any positive scale restores it exactly; the task asks for 1.
 */
export function quantizePerChannel(
  values: number[],
  shape: number[],
  axis: number,
  numBits: number,
): { scales: number[]; codes: Int8Array } {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length)
    throw new RangeError(`The shape holds ${count} values; ${values.length} came.`);
  const channels = shape[axis];
  if (channels === undefined)
    throw new RangeError(`There is no axis ${axis} in a shape of ${shape.length} sizes.`);

  // Neighbours along the axis lie as far apart as the sizes behind it say.
  const stride = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channelOf = (i: number): number => Math.floor(i / stride) % channels;

  const lastCode = 2 ** (numBits - 1) - 1;
  const largest = new Array<number>(channels).fill(0);
  values.forEach((value, i) => {
    const c = channelOf(i);
    largest[c] = Math.max(largest[c]!, Math.abs(value));
  });
  const scales = largest.map((size) => size / lastCode);
  const codes = Int8Array.from(values, (value, i) => {
    const steps = value / scales[channelOf(i)]!;
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    return Math.min(lastCode, Math.max(-lastCode, nearest));
  });
  return { scales, codes };
}
