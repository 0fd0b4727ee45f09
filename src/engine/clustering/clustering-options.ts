import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { requireInitialization, type CentroidInitialization } from './centroid-initialization.ts';
import type { ClusterConfig } from './clustered-variable.ts';
import { DEFAULT_SEED, MOST_CLUSTERS } from './initial-centroids.ts';
import type { GradientAggregation } from './pull-centroids.ts';
import { requireBooleans, requireOptions } from './require-options.ts';

/** How layers are clustered. */
export interface ClusteringOptions {
  /** Values a kernel is made of, for all layers or by layer name: layers that are not named are left alone. */
  numberOfClusters: number | Readonly<Record<string, number>>;
  /** Where centroids start; KMEANS_PLUS_PLUS unless told. */
  clusterCentroidsInit?: CentroidInitialization;
  /** Zeros stay zeros; false unless told. */
  preserveSparsity?: boolean;
  /** Centroids of their own for every filter of a Conv2D; false unless told. */
  clusterPerChannel?: boolean;
  /** What the gradient of a centroid is made of; SUM unless told. */
  clusterGradientAggregation?: GradientAggregation;
  /** Whether weights train and may change clusters; true unless told. If not, centroids alone train. */
  trainWeights?: boolean;
  /** Steps of Lloyd's algorithm that refine the centroids before training; 0 unless told, as in the toolkit. */
  kMeansIterations?: number;
  /** Of RANDOM and KMEANS_PLUS_PLUS; 9 unless told. */
  seed?: number;
  /** Told of layers that are left alone; prints to the console unless told. */
  onWarning?: (message: string) => void;
}

type FullOptions = Omit<ClusterConfig, 'numberOfClusters'> &
  Required<Pick<ClusteringOptions, 'numberOfClusters' | 'onWarning'>>;

const DEFAULTS: Required<Omit<ClusteringOptions, 'numberOfClusters'>> = {
  clusterCentroidsInit: 'KMEANS_PLUS_PLUS',
  preserveSparsity: false,
  clusterPerChannel: false,
  clusterGradientAggregation: 'SUM',
  trainWeights: true,
  kMeansIterations: 0,
  seed: DEFAULT_SEED,
  onWarning: (message) => console.warn(message),
};

/** The options in full, each checked. @internal */
export function readClusteringOptions(options: ClusteringOptions): FullOptions {
  requireOptions(options, ['numberOfClusters', ...Object.keys(DEFAULTS)]);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const full = { ...DEFAULTS, ...Object.fromEntries(given) } as Required<ClusteringOptions>;
  const { clusterGradientAggregation: aggregation, ...rest } = full;
  const { preserveSparsity, clusterPerChannel, trainWeights } = full;
  requireBooleans({ preserveSparsity, clusterPerChannel, trainWeights });
  requireCounts(full.numberOfClusters, preserveSparsity ? 3 : 2);
  requireInitialization('clusterCentroidsInit', full.clusterCentroidsInit);
  requireInteger('kMeansIterations', full.kMeansIterations, 0, 1e6);
  requireInteger('seed', full.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (aggregation !== 'SUM' && aggregation !== 'AVG') {
    throw new ReaderError({
      code: 'aggregation-unknown',
      explain: `clusterGradientAggregation must be 'SUM' or 'AVG'; it is ${describe(aggregation)}.`,
    });
  }
  return { ...rest, averageGradients: aggregation === 'AVG' };
}

function requireCounts(numberOfClusters: unknown, least: number): void {
  const isRecord = typeof numberOfClusters === 'object' && numberOfClusters !== null;
  const counts = isRecord ? Object.entries(numberOfClusters) : [['', numberOfClusters] as const];
  for (const [layer, count] of counts) {
    if (Number.isInteger(count) && count >= least && count <= MOST_CLUSTERS) continue;
    throw new ReaderError({
      code: 'clusters-too-few',
      explain: `numberOfClusters${isRecord ? ` of the layer ${layer}` : ''} must be an integer of at least ${least}; it is ${describe(count)}.`,
      elaborate:
        least === 3
          ? 'With preserveSparsity one of the values is 0, and two others are needed.'
          : undefined,
    });
  }
}
