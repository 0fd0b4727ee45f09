/**
 * Reads the second kernel as if its channels were its last axis.
 *
 * @fails same-function
 * @advice You looked for the channels of the second kernel along its last axis. There they are *inputs*: row after row, so weight i reads channel floor(i / units).
 */
/** Two layers of the same function as before. */
export interface Equalized {
  /** [inputs, channels], row after row. */
  first: Float32Array;
  bias: Float32Array;
  /** [channels, units], row after row. */
  second: Float32Array;
  /** What the first layer was divided by and the second multiplied by. */
  factors: Float32Array;
}

export function equalize(
  first: Float32Array,
  bias: Float32Array,
  second: Float32Array,
  channels: number,
): Equalized {
  const units = second.length / channels;
  void units;
  const made = reaches(first, channels, (i) => i % channels);
  const read = reaches(second, channels, (i) => i % channels);
  const factors = made.map((r1, c) => (r1 > 0 && read[c]! > 0 ? Math.sqrt(r1 / read[c]!) : 1));
  return {
    first: first.map((weight, i) => weight / factors[i % channels]!),
    bias: bias.map((shift, c) => shift / factors[c]!),
    second: second.map((weight, i) => weight * factors[i % channels]!),
    factors,
  };
}

/** The largest size in each channel. */
function reaches(
  kernel: Float32Array,
  channels: number,
  channelOf: (i: number) => number,
): Float32Array {
  const found = new Float32Array(channels);
  kernel.forEach((weight, i) => {
    found[channelOf(i)] = Math.max(found[channelOf(i)]!, Math.abs(weight));
  });
  return found;
}
