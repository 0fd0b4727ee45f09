import { requireInteger, toFloat32 } from '../numerics/arguments.ts';
import { assignClusters } from './assign-clusters.ts';
import { requireInitialization, type CentroidInitialization } from './centroid-initialization.ts';
import { centroidsOf, DEFAULT_SEED, MOST_CLUSTERS } from './initial-centroids.ts';
import { sortCentroids } from './nearest-centroid.ts';
import { requireBooleans, requireOptions } from './require-options.ts';
import { firstIndex, SortedValues } from './sorted-values.ts';
import { readWeights, type Weights } from './weights.ts';

/** How many clusters, where they start, and how long they are refined. */
export interface KMeansOptions {
  /** 1 or more. */
  numberOfClusters: number;
  /** KMEANS_PLUS_PLUS unless told. */
  init?: CentroidInitialization;
  /** At most; 300 unless told. 0 leaves the centroids where they start. */
  iterations?: number;
  /** One centroid is 0 and stays 0; false unless told. */
  preserveSparsity?: boolean;
  /** Of RANDOM and KMEANS_PLUS_PLUS; 9 unless told. */
  seed?: number;
}

/** Weights as a few values and an index for each. */
export interface Clusters {
  centroids: Float32Array;
  /** Of the centroid nearest to each weight. */
  indices: Int32Array;
  /** Σ (w − c)², over all weights. */
  inertia: number;
}

/**
 * Shares weights out among a few values so that the squared error is small: Lloyd's algorithm.
 *
 * Repeats: each weight goes to its nearest centroid, of equally near ones to the first; each centroid becomes the mean
 * of its weights, cₖ = mean{w : w nearest to cₖ}. No step makes Σ (w − c)² larger; it stops when no weight moves, or after
 * `iterations`. A centroid without weights stays where it is; with `preserveSparsity` so does 0.
 *
 * @param weights - N weights: a typed array, an array of numbers, or a tensor of any shape
 * @param options - `numberOfClusters`; `init` (KMEANS_PLUS_PLUS unless told), `iterations` (300 unless told),
 *   `preserveSparsity`, `seed` (9 unless told)
 * @returns `{centroids, indices, inertia}`: centroids in the order in which they start, the same for weights in any
 *   order; for zeros alone with `preserveSparsity` the one centroid 0
 * @throws ReaderError `not-an-integer-in-range`, `initialization-unknown`, `option-unknown`, `option-not-boolean`, and
 *   those of {@link assignClusters}
 * @example
 * ```ts
 * import { clustering } from 'heavy-weights';
 *
 * const weights = [-1.1, -0.9, 0, 0.1, 2, 2.5, 3];
 * const { centroids, indices } = clustering.kMeans(weights, { numberOfClusters: 3, init: 'LINEAR' });
 * console.log(Array.from(centroids, (c) => c.toFixed(2)).join(' ')); // -1.00 0.05 2.50
 * console.log(Array.from(indices).join(' ')); // 0 0 1 1 2 2 2
 * ```
 * @see S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28(2), 1982;
 *   S. Han, H. Mao, W. J. Dally, "Deep Compression", ICLR 2016, section 3
 */
export function kMeans(weights: Weights, options: KMeansOptions): Clusters {
  const { init, iterations, ...plan } = readKMeansOptions(options);
  const values = readWeights('weights', weights);
  const start = centroidsOf(init, toFloat32('weights', values), plan);
  const points = new SortedValues(values);
  const centroids = Float32Array.from(
    lloyd(points, Float64Array.from(start), iterations, plan.preserveSparsity),
  );
  const indices = assignClusters(values, centroids);
  let inertia = 0;
  for (let i = 0; i < values.length; i++) inertia += (values[i]! - centroids[indices[i]!]!) ** 2;
  return { centroids, indices, inertia };
}

function lloyd(
  points: SortedValues,
  start: Float64Array,
  iterations: number,
  keepZero: boolean,
): Float64Array {
  const { values } = points;
  const centroids = start.slice();
  for (let t = 0; t < iterations; t++) {
    // Of equal centroids the first has all their weights: the others stay where they are.
    const { values: sorted, firsts } = sortCentroids(centroids);
    let moved = false;
    let from = 0;
    for (const [j, index] of firsts.entries()) {
      const right = firsts[j + 1];
      const to =
        right === undefined
          ? values.length
          : handOver(values, from, sorted[j]!, sorted[j + 1]!, right < index);
      if (to > from && !(keepZero && start[index] === 0)) {
        const mean = points.mean(from, to);
        if (mean !== centroids[index]) moved = true;
        centroids[index] = mean;
      }
      from = to;
    }
    if (!moved) break;
  }
  return centroids;
}

/** The first value, from an index on, that goes to the right one of two neighbours. */
function handOver(
  values: Float64Array,
  from: number,
  left: number,
  right: number,
  tieIsRight: boolean,
): number {
  return firstIndex(from, values.length, (i) => {
    const [toLeft, toRight] = [values[i]! - left, right - values[i]!];
    return tieIsRight ? toRight <= toLeft : toRight < toLeft;
  });
}

function readKMeansOptions(options: KMeansOptions): Required<KMeansOptions> {
  const full = {
    numberOfClusters: 0,
    init: 'KMEANS_PLUS_PLUS',
    iterations: 300,
    preserveSparsity: false,
    seed: DEFAULT_SEED,
  } as const;
  requireOptions(options, Object.keys(full));
  const { numberOfClusters, init = full.init, preserveSparsity = false } = options;
  const { iterations = full.iterations, seed = full.seed } = options;
  requireInteger('numberOfClusters', numberOfClusters, 1, MOST_CLUSTERS);
  requireInitialization('init', init);
  requireInteger('iterations', iterations, 0, 1e6);
  requireBooleans({ preserveSparsity });
  return { numberOfClusters, init, iterations, preserveSparsity, seed };
}
