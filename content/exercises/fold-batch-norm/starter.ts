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
  return {
    kernel: kernel.slice(), // What is each weight multiplied by?
    bias: bias?.slice() ?? new Float32Array(channels),
  };
}

function channelsOf(kernel: Float32Array, { gamma }: BatchNorm): number {
  if (kernel.length % gamma.length === 0) return gamma.length;
  throw new RangeError(
    `kernel has ${kernel.length} weights, which do not divide among ${gamma.length} channels.`,
  );
}

const norm: BatchNorm = {
  gamma: new Float32Array([2, 1]),
  beta: new Float32Array([1, 0.5]),
  mean: new Float32Array([3, 1]),
  variance: new Float32Array([3.99, 15.99]),
  epsilon: 0.01,
};
console.log(
  foldBatchNorm(new Float32Array([1, 10, 2, 20]), null, norm),
  '(kernel 1, 2.5, 2, 5 and bias -2, 0.25 expected)',
);
