/**
 * Leaves the bias in the old unit.
 *
 * @fails same-function
 * @advice You left the bias in its old unit. It is part of what makes the channel and goes through the same ReLU: divide it by the factor too.
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
  const factors = made.map((r1, c) => (r1 > 0 && read[c]! > 0 ? Math.sqrt(r1 / read[c]!) : 1));
  return {
    first: first.map((weight, i) => weight / factors[i % channels]!),
    bias: bias.slice(),
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
