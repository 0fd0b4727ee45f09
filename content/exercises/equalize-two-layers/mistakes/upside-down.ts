/**
 * Takes the root of r2 over r1.
 *
 * @fails equal-reach
 * @advice Your factor is upside down: you made the far channels farther. What makes a channel is *divided* by s, so s must be large where the first layer reaches far: the root of r1 over r2.
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
  const made = reaches(first, channels, (i) => i % channels);
  const read = reaches(second, channels, (i) => Math.floor(i / units));
  const factors = made.map((r1, c) => (r1 > 0 && read[c]! > 0 ? Math.sqrt(read[c]! / r1) : 1));
  return {
    first: first.map((weight, i) => weight / factors[i % channels]!),
    bias: bias.map((shift, c) => shift / factors[c]!),
    second: second.map((weight, i) => weight * factors[Math.floor(i / units)]!),
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
