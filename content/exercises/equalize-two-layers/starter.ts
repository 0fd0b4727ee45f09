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
  const factors = new Float32Array(channels).fill(1); // Which unit for each channel?
  return {
    first: first.slice(),
    bias: bias.slice(),
    second: second.map((weight, i) => weight * factors[Math.floor(i / units)]!),
    factors,
  };
}

console.log(
  equalize(
    new Float32Array([8, 0.5, -2, -0.25]),
    new Float32Array([4, 1]),
    new Float32Array([0.5, -0.25, 1, 2]),
    2,
  ),
  '(factors 4 and 0.5 expected)',
);
