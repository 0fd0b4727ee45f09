import type { KernelView } from '../../model-graph/kernel-view.ts';

/** What training leaves as it is in a kernel: saved with a model. */
export interface Preservation {
  /** Zeros stay zeros. */
  sparsity: boolean;
  /** How many values each channel is made of, or one number for the kernel as a whole; null where it may be of any. */
  clusters: number[] | null;
}

/** With more values than this a kernel is not taken as clustered, as in the toolkit. @internal */
export const MOST_VALUES = 1024;
/** Layers whose filters may have clusters of their own. */
const BY_CHANNEL = new Set(['Conv1D', 'Conv2D']);

/**
 * What there is to preserve in a kernel, of what is asked for.
 *
 * A kernel is clustered when weights share values, zeros aside where those are kept, and there are 1,024 values at most.
 * It is clustered by channel when no two channels share a value, zero aside where it is kept.
 *
 * @internal
 */
export function preservationOf(
  { node, values, channels }: KernelView,
  { preserveSparsity = false, preserveClusters = false }: PreserveOptions,
): Preservation | undefined {
  const sparsity = preserveSparsity && values.includes(0);
  // Which weights share a value of a depthwise kernel is chance: such kernels are not clustered.
  const canCluster = preserveClusters && node.className !== 'DepthwiseConv2D';
  const clusters = canCluster
    ? clusterSizes(values, BY_CHANNEL.has(node.className) ? channels : 1, sparsity)
    : null;
  return sparsity || clusters ? { sparsity, clusters } : undefined;
}

/** What is to be preserved. */
export interface PreserveOptions {
  /** Zeros of kernels stay zeros; false unless told. */
  preserveSparsity?: boolean;
  /** Kernels keep the number of their values; false unless told. */
  preserveClusters?: boolean;
}

function clusterSizes(values: Float32Array, channels: number, keepsZero: boolean): number[] | null {
  const owners = new Map<number, number>();
  const inChannel = Array.from({ length: channels }, () => new Set<number>());
  let areShared = false;
  let isByChannel = channels > 1;
  for (const [i, value] of values.entries()) {
    const channel = i % channels;
    inChannel[channel]!.add(value);
    const owner = owners.get(value);
    if (owner === undefined) {
      owners.set(value, channel);
      if (owners.size > MOST_VALUES) return null;
    } else if (!(keepsZero && value === 0)) {
      areShared = true;
      if (owner !== channel) isByChannel = false;
    }
  }
  if (!areShared) return null;
  return isByChannel ? inChannel.map(({ size }) => size) : [owners.size];
}
