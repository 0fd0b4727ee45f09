/**
 * Writes the same scale into every line of the table.
 *
 * @fails last-axis
 * @advice All your scales are the same: the largest of the whole kernel sets each of them. Find the largest size channel by channel.
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
  const overall = Math.max(...largest);
  const scales = largest.map(() => (overall === 0 ? 1 : overall / lastCode));
  const codes = Int8Array.from(values, (value, i) => {
    const steps = value / scales[channelOf(i)]!;
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    return Math.min(lastCode, Math.max(-lastCode, nearest));
  });
  return { scales, codes };
}
