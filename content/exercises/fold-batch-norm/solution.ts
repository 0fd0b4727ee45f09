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

/**
 * Folds a trained batch normalization into the layer before it.
 *
 * @param kernel weights; weight i belongs to output channel i mod channels
 * @param bias one for each channel, or null
 * @param norm the normalization
 * @returns the kernel and the bias of a layer that does both by itself
 * @throws RangeError naming `kernel` if its length is no multiple of the channels
 */
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
    bias: beta.map((shift, c) => shift + factor[c]! * ((bias?.[c] ?? 0) - mean[c]!)),
  };
}

function channelsOf(kernel: Float32Array, { gamma }: BatchNorm): number {
  if (kernel.length % gamma.length === 0) return gamma.length;
  throw new RangeError(
    `kernel has ${kernel.length} weights, which do not divide among ${gamma.length} channels.`,
  );
}
