/** Clustering: few values shared by all the weights of a layer. */
export { assignClusters } from './assign-clusters.ts';
export { CentroidInitialization } from './centroid-initialization.ts';
export { clusterWeights } from './cluster-weights.ts';
export type { ClusteringOptions } from './clustering-options.ts';
export { initialCentroids } from './initial-centroids.ts';
export type { CentroidOptions } from './initial-centroids.ts';
export { kMeans } from './k-means.ts';
export type { Clusters, KMeansOptions } from './k-means.ts';
export type { GradientAggregation } from './pull-centroids.ts';
export { stripClustering } from './strip-clustering.ts';
export type { StripOptions } from './strip-clustering.ts';
export type { Weights } from './weights.ts';
