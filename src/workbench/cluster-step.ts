import type * as tf from '@tensorflow/tfjs';
import { clusterWeights } from '../engine/clustering/cluster-weights.ts';
import { stripClustering } from '../engine/clustering/strip-clustering.ts';
import { compressibleKernels } from '../engine/compression/compressible-kernels.ts';

/** Steps of Lloyd's algorithm at most. */
const ITERATIONS = 300;

/**
 * Gives each kernel so many different values at most, by k-means. A kernel with zeros keeps them, and 0 is one of its
 * values.
 *
 * @returns a new model; the given one is left as it is
 * @throws ReaderError those of {@link clusterWeights}
 * @internal
 */
export function clusterKernels(
  model: tf.LayersModel,
  clusters: number,
  seed: number,
  onWarning: (message: string) => void,
): tf.LayersModel {
  const kernels = compressibleKernels(model);
  const made: tf.LayersModel[] = [];
  try {
    for (const preserveSparsity of [true, false]) {
      const names = kernels
        .filter(({ values }) => values.includes(0) === preserveSparsity)
        .map(({ name }) => name);
      if (names.length === 0) continue;
      made.push(
        clusterWeights(made.at(-1) ?? model, {
          numberOfClusters: Object.fromEntries(names.map((name) => [name, clusters])),
          preserveSparsity,
          trainWeights: false,
          kMeansIterations: ITERATIONS,
          seed,
          onWarning,
        }),
      );
    }
    return stripClustering(made.at(-1)!, { onWarning: () => undefined });
  } finally {
    for (const each of made) each.dispose();
  }
}
