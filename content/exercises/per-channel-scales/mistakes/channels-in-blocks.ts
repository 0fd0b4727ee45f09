/**
 * Cuts the row into equal blocks, as if a channel lay in one piece.
 *
 * @fails last-axis
 * @advice You cut the values into blocks, one a channel. That holds only for the first axis: everywhere else the values of a channel lie scattered, a stride apart.
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

  const channelOf = (i: number): number => Math.floor(i / (count / channels));

  const lastCode = 2 ** (numBits - 1) - 1;
  const largest = new Array<number>(channels).fill(0);
  values.forEach((value, i) => {
    const c = channelOf(i);
    largest[c] = Math.max(largest[c]!, Math.abs(value));
  });
  const scales = largest.map((size) => (size === 0 ? 1 : size / lastCode));
  const codes = Int8Array.from(values, (value, i) => {
    const steps = value / scales[channelOf(i)]!;
    const nearest = Math.sign(steps) * Math.round(Math.abs(steps));
    return Math.min(lastCode, Math.max(-lastCode, nearest));
  });
  return { scales, codes };
}
