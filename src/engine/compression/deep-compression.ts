import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { clusterWeights } from '../clustering/cluster-weights.ts';
import { kMeans } from '../clustering/k-means.ts';
import { stripClustering } from '../clustering/strip-clustering.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { setWeight } from '../model-graph/replace-weights.ts';
import { withFixedMask } from '../sparsity/fixed-mask.ts';
import { magnitudeMask } from '../sparsity/magnitude-mask.ts';
import { stripPruning } from '../sparsity/strip-pruning.ts';
import { codebookOf } from './codebook.ts';
import { compressibleKernels, type CompressibleKernel } from './compressible-kernels.ts';
import { compressionReport, type CompressionRow } from './compression-report.ts';
import { decodeModel } from './decode-model.ts';
import {
  readPlan,
  type CompressionPlan,
  type DeepCompressionOptions,
} from './deep-compression-options.ts';
import { encodeModel } from './encode-model.ts';

/** A model compressed. */
export interface DeepCompression {
  /** The file: {@link decodeModel} gives the model back. */
  bytes: Uint8Array<ArrayBuffer>;
  /** What the file decodes to; not compiled. */
  model: tf.LayersModel;
  /** What each kernel takes. */
  report: CompressionRow[];
  /** Bytes of all the given model's weights in float32 over those of the file, layers and all. */
  ratio: number;
}

/** Steps of Lloyd's algorithm at most. */
const K_MEANS_ITERATIONS = 300;

/**
 * Compresses a trained model in the three steps of Deep Compression: prune, share weights, code with Huffman's codes.
 *
 * 1. Of each kernel the share `sparsity` of smallest magnitude becomes 0 and stays so; weights that are 0 already are
 * among them. `fineTune(model, 'pruned')` lets the others make up for it. 2. The weights that are left share `clusters`
 * values, found by k-means from evenly spaced centroids; 0 is one of the values where weights were pruned, and weights
 * nearest to it become 0 too. `fineTune(model, 'clustered')` trains the values, each by the sum of its weights' gradients.
 * 3. {@link encodeModel} writes gaps and numbers of values as Huffman codes. Without `fineTune`, accuracy is lost. Kernels
 * of Dense, Conv1D, Conv2D and the pointwise ones of SeparableConv2D are compressed; all else stays as it is.
 *
 * @param model - a built, trained model; it is left as it is
 * @param options - `sparsity`, and `clusters` or `bits`, for all layers or by name; `fineTune`, `biasBits`,
 *   `clusterCentroidsInit`, `seed`, `onWarning`: see {@link DeepCompressionOptions}
 * @returns a promise of `{bytes, model, report, ratio}`; the model is what the bytes decode to
 * @throws ReaderError `sparsity-out-of-range`, `clusters-or-bits`, `layer-unknown`, `nothing-to-compress`,
 *   `fine-tune-not-a-function`, `option-unknown`, `not-an-integer-in-range`, `compression-undone` when fine-tuning
 *   undid what was pruned or clustered, and those of {@link encodeModel}
 * @example
 * ```ts
 * import { compression, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 50, inputShape: [200], name: 'd' })] });
 * const compressed = await compression.deepCompression(model, { sparsity: 0.9, bits: 4 });
 * const [row] = compressed.report;
 * console.log(row!.weights, row!.kept <= 0.1, row!.weightBits); // 10000 true 4
 * console.log(compressed.ratio > 20); // true
 * ```
 * @see S. Han, H. Mao, W. Dally, "Deep Compression: compressing deep neural networks with pruning, trained
 *   quantization and Huffman coding", ICLR 2016, arXiv 1510.00149
 */
export async function deepCompression(
  model: tf.LayersModel,
  options: DeepCompressionOptions,
): Promise<DeepCompression> {
  const kernels = compressibleKernels(model);
  const plan = readPlan(options, kernels);
  const masks = masksOf(kernels, plan);
  const pruned = await prune(model, masks, plan);
  const clustered = await cluster(pruned, masks, plan);
  try {
    requireKept(clustered, masks, plan);
    if (plan.biasBits !== undefined) clusterBiases(clustered, plan.biasBits);
    const bytes = encodeModel(clustered);
    const ratio = (4 * model.countParams()) / bytes.length;
    return { bytes, model: decodeModel(bytes), report: compressionReport(bytes), ratio };
  } finally {
    clustered.dispose();
  }
}

/** For each layer that is pruned 1 where a weight is kept. A weight that is 0 already is not. */
function masksOf(
  kernels: readonly CompressibleKernel[],
  { sparsity }: CompressionPlan,
): Map<string, Float32Array> {
  const masks = new Map<string, Float32Array>();
  for (const { name, values } of kernels) {
    const share = sparsity.get(name);
    if (share === undefined) continue;
    const { mask } = magnitudeMask(values, share);
    const kept = mask.dataSync() as Float32Array;
    masks.set(
      name,
      kept.map((each, i) => (values[i] === 0 ? 0 : each)),
    );
    mask.dispose();
  }
  return masks;
}

/** A copy with the masks' zeros, trained with them. */
async function prune(
  model: tf.LayersModel,
  masks: ReadonlyMap<string, Float32Array>,
  { fineTune }: CompressionPlan,
): Promise<tf.LayersModel> {
  if (masks.size === 0) return rebuildModel(model);
  const masked = withFixedMask(model, masks);
  try {
    await fineTune(masked, 'pruned');
    return stripPruning(masked);
  } finally {
    masked.dispose();
  }
}

/** A copy with kernels of few values each, those trained. Disposes of the model given. */
async function cluster(
  model: tf.LayersModel,
  masks: ReadonlyMap<string, Float32Array>,
  { clusters, clusterCentroidsInit, seed, onWarning, fineTune }: CompressionPlan,
): Promise<tf.LayersModel> {
  if (clusters.size === 0) return model;
  const made: tf.LayersModel[] = [model];
  const then = (next: tf.LayersModel): number => made.push(next);
  try {
    // Kernels that were pruned and are not clustered train too: they keep their zeros.
    const bare = new Map([...masks].filter(([layer]) => !clusters.has(layer)));
    if (bare.size > 0) then(withFixedMask(model, bare));
    // Only where weights were pruned must one of the values be 0.
    for (const preserveSparsity of [true, false]) {
      const layers = [...clusters].filter(([layer]) => masks.has(layer) === preserveSparsity);
      if (layers.length === 0) continue;
      then(
        clusterWeights(made.at(-1)!, {
          numberOfClusters: Object.fromEntries(layers),
          clusterCentroidsInit,
          seed,
          onWarning,
          preserveSparsity,
          trainWeights: false,
          kMeansIterations: K_MEANS_ITERATIONS,
        }),
      );
    }
    await fineTune(made.at(-1)!, 'clustered');
    then(stripClustering(made.at(-1)!));
    if (bare.size > 0) then(stripPruning(made.at(-1)!));
    return made.pop()!;
  } finally {
    for (const each of made) each.dispose();
  }
}

/** What was pruned must be 0, and no kernel may have more values than clusters. */
function requireKept(
  model: tf.LayersModel,
  masks: ReadonlyMap<string, Float32Array>,
  { clusters }: CompressionPlan,
): void {
  for (const { name, values } of compressibleKernels(model)) {
    const mask = masks.get(name);
    const grown = mask ? values.findIndex((value, i) => mask[i] === 0 && value !== 0) : -1;
    if (grown >= 0) throw undone(name, `its weight ${grown} was pruned and is ${values[grown]}`);
    const most = clusters.get(name);
    if (most !== undefined && !codebookOf(values, most)) {
      throw undone(name, `it has more than ${most} different weights`);
    }
  }
}

function undone(layer: string, what: string): ReaderError {
  return new ReaderError({
    code: 'compression-undone',
    explain: `After fine-tuning, the kernel of ${layer} is not compressed any more: ${what}.`,
    hint: 'fineTune must train the very model it is given, and set no weights of its own.',
  });
}

/** Gives the biases of every layer with a kernel 2^bits values at most. */
function clusterBiases(model: tf.LayersModel, bits: number): void {
  for (const { layer, biasIndex } of compressibleKernels(model)) {
    if (biasIndex === undefined) continue;
    const values = layer.getWeights()[biasIndex]!.dataSync();
    const numberOfClusters = Math.min(2 ** bits, values.length);
    const { centroids, indices } = kMeans(values, { numberOfClusters, init: 'LINEAR' });
    setWeight(
      layer,
      biasIndex,
      Float32Array.from(indices, (index) => centroids[index]!),
    );
  }
}
