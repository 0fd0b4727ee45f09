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

/**
 * Makes two neighbouring dense layers reach equally far in every channel between them.
 *
 * @param first kernel [inputs, channels] of the layer that makes the channels
 * @param bias one for each channel
 * @param second kernel [channels, units] of the layer that reads them, behind a ReLU
 * @param channels how many they share, at least 1
 * @returns the same function in other units; a dead channel keeps its own
 */
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
