/**
 * Adds the old bias as it was.
 *
 * @fails old-bias
 * @advice Your old bias goes round the normalization. It is part of the sum that is normalized, so the mean is taken from it and the factor multiplies it: `beta + factor * (bias - mean)`.
 */
/** What a trained batch normalization has: an element for each channel. */
export interface BatchNorm {
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  /** Never below 0. */
  variance: Float32Array;
  /** Small and positive. */
  epsilon: number;
}

export function foldBatchNorm(
  kernel: Float32Array,
  bias: Float32Array | null,
  norm: BatchNorm,
): { kernel: Float32Array; bias: Float32Array } {
  const channels = channelsOf(kernel, norm);
  const { gamma, beta, mean, variance, epsilon } = norm;
  const factor = gamma.map((g, c) => g / Math.sqrt(variance[c]! + epsilon));
  return {
    kernel: kernel.map((weight, i) => weight * factor[i % channels]!),
    bias: beta.map((shift, c) => shift - factor[c]! * mean[c]! + (bias?.[c] ?? 0)),
  };
}

function channelsOf(kernel: Float32Array, { gamma }: BatchNorm): number {
  if (kernel.length % gamma.length === 0) return gamma.length;
  throw new RangeError(
    `kernel has ${kernel.length} weights, which do not divide among ${gamma.length} channels.`,
  );
}
