import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { CentroidInitialization } from '../clustering/centroid-initialization.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import { requireSparsity } from '../sparsity/pruning-schedule.ts';
import { requireCompressible, type CompressibleKernel } from './compressible-kernels.ts';

/** Which part of the work a model has come through when it is fine-tuned. */
export type CompressionStage = 'pruned' | 'clustered';

/** How much a model is compressed. */
export interface DeepCompressionOptions {
  /** Share of each kernel's weights to prune, 0 up to but not 1; or by layer name: layers not named keep all. */
  sparsity: number | Readonly<Record<string, number>>;
  /** Values that a kernel is made of, its 0 among them: 3 … 65,536; or by layer name: layers not named stay float32. */
  clusters?: number | Readonly<Record<string, number>>;
  /** The same as bits, in place of `clusters`: 2^bits values, 2 … 16 bits. */
  bits?: number | Readonly<Record<string, number>>;
  /** Values that the biases of a layer are made of, 2^biasBits, 1 … 16 bits: they stay float32 unless told. */
  biasBits?: number;
  /**
   * Trains the model it is given, after pruning and after clustering. Pruned weights stay 0; of clustered kernels the
   * centroids train. Called with what is to be trained, to be changed in place; disposed of after. Not called for a
   * step that does nothing.
   */
  fineTune?: (model: tf.LayersModel, stage: CompressionStage) => void | Promise<void>;
  /** Where centroids start; LINEAR unless told, as in the paper. */
  clusterCentroidsInit?: CentroidInitialization;
  /** Of the random ways to start; 9 unless told. */
  seed?: number;
  /** Told of layers with too few weights to be clustered; prints to the console unless told. */
  onWarning?: (message: string) => void;
}

/** What is done to each kernel, and the rest of the options. */
export interface CompressionPlan {
  /** By layer name; layers that keep all are not in it. */
  sparsity: Map<string, number>;
  /** By layer name. */
  clusters: Map<string, number>;
  biasBits: number | undefined;
  fineTune: NonNullable<DeepCompressionOptions['fineTune']>;
  clusterCentroidsInit: CentroidInitialization;
  seed: number;
  onWarning: (message: string) => void;
}

const NAMES = [
  'sparsity',
  'clusters',
  'bits',
  'biasBits',
  'fineTune',
  'clusterCentroidsInit',
  'seed',
  'onWarning',
];

/**
 * Reads the options for a model with these kernels.
 *
 * @throws ReaderError `option-unknown`, `sparsity-out-of-range`, `clusters-or-bits`, `layer-unknown`,
 *   `fine-tune-not-a-function`, `not-an-integer-in-range`
 * @internal
 */
export function readPlan(
  options: DeepCompressionOptions,
  kernels: readonly CompressibleKernel[],
): CompressionPlan {
  requireKnownOptions('deepCompression', options, NAMES, '{ sparsity: 0.9, bits: 5 }');
  const { sparsity, clusters, bits, biasBits, fineTune } = options;
  if ((clusters === undefined) === (bits === undefined)) throw clustersOrBits();
  if (biasBits !== undefined) requireInteger('biasBits', biasBits, 1, 16);
  if (fineTune !== undefined && typeof fineTune !== 'function') {
    throw new ReaderError({
      code: 'fine-tune-not-a-function',
      explain: `fineTune must be a function; it is ${describe(fineTune)}.`,
      hint: 'Write it as async (model, stage) => { model.compile(…); await model.fit(…); }.',
    });
  }
  const shares = byLayer('sparsity', sparsity, kernels, requireSparsity);
  for (const [layer, share] of shares) if (share === 0) shares.delete(layer);
  const counts =
    bits === undefined
      ? byLayer('clusters', clusters!, kernels, (name, n) => requireInteger(name, n, 3, 65536))
      : byLayer('bits', bits, kernels, (name, n) => requireInteger(name, n, 2, 16));
  if (bits !== undefined) for (const [layer, count] of counts) counts.set(layer, 2 ** count);
  const { onWarning = (message) => console.warn(message) } = options;
  leaveOutSmall(counts, kernels, onWarning);
  return {
    sparsity: shares,
    clusters: counts,
    biasBits,
    fineTune: fineTune ?? (() => undefined),
    clusterCentroidsInit: options.clusterCentroidsInit ?? 'LINEAR',
    seed: options.seed ?? 9,
    onWarning,
  };
}

function byLayer(
  option: string,
  given: number | Readonly<Record<string, number>>,
  kernels: readonly CompressibleKernel[],
  check: (name: string, value: number) => void,
): Map<string, number> {
  if (typeof given !== 'object' || given === null) {
    check(option, given as number);
    return new Map(kernels.map(({ name }) => [name, given as number]));
  }
  requireCompressible(Object.keys(given), kernels);
  for (const [layer, value] of Object.entries(given)) check(`${option} of ${layer}`, value);
  return new Map(Object.entries(given));
}

/** A kernel with no more weights than values would gain nothing from sharing them. */
function leaveOutSmall(
  counts: Map<string, number>,
  kernels: readonly CompressibleKernel[],
  onWarning: (message: string) => void,
): void {
  for (const { name, values } of kernels) {
    const clusters = counts.get(name);
    if (clusters === undefined || values.length > clusters) continue;
    counts.delete(name);
    onWarning(
      `The layer ${name} has ${values.length} weights, no more than the ${clusters} values asked for: it is not clustered.`,
    );
  }
}

function clustersOrBits(): ReaderError {
  return new ReaderError({
    code: 'clusters-or-bits',
    explain: 'deepCompression takes either clusters or bits, one of the two.',
    hint: 'bits: 5 is the same as clusters: 32.',
  });
}
