import '@tensorflow/tfjs-backend-cpu';
import { clustering, tf } from 'heavy-weights';
import { pullCentroids } from '../../src/engine/clustering/pull-centroids.ts';
import { SortedValues } from '../../src/engine/clustering/sorted-values.ts';
import { goldenSuite } from './golden-suite.ts';

type Init = clustering.CentroidInitialization;
type Nested = number[] | Nested[];

interface Centroids {
  weights: number[];
  number_of_clusters: number;
  preserve_sparsity?: boolean;
}

const flat = (nested: Nested): number[] => (nested as number[]).flat(Infinity as 1);

function shapeOf(nested: Nested): number[] {
  const [first] = nested;
  return Array.isArray(first) ? [nested.length, ...shapeOf(first)] : [nested.length];
}

const initial =
  (init: Init) =>
  ({ weights, number_of_clusters, preserve_sparsity }: Centroids): number[] =>
    Array.from(
      clustering.initialCentroids(weights, {
        init,
        numberOfClusters: number_of_clusters,
        preserveSparsity: preserve_sparsity,
      }),
    );

const perChannel = ({
  init,
  weights,
  number_of_clusters: numberOfClusters,
}: Centroids & { init: Init }): Nested[] =>
  tf.tidy(() => {
    const kernel = tf.tensor(flat(weights), shapeOf(weights));
    const options = { init, numberOfClusters, clusterPerChannel: true };
    return rows(clustering.initialCentroids(kernel, options), numberOfClusters);
  });

const rows = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, r) =>
    Array.from(values).slice(r * width, (r + 1) * width),
  );

const pulled = (centroids: Nested, indices: number[], shape: number[]): Nested =>
  tf.tidy(() =>
    pullCentroids(tf.tensor(centroids), Int32Array.from(indices), shape, 'SUM').arraySync(),
  ) as Nested;

/** Of the sum of all weights, by the centroids; and by the weights, which must be 1 each. */
const gradients = (
  centroids: tf.Tensor,
  indices: number[],
  shape: number[],
  aggregation: clustering.GradientAggregation,
): Nested => {
  const [byCentroid, byWeight] = tf.grads((c: tf.Tensor, w: tf.Tensor) =>
    pullCentroids(c, Int32Array.from(indices), shape, aggregation, w).sum(),
  )([centroids, tf.zeros(shape)]);
  if (byWeight!.dataSync().some((each) => each !== 1)) throw new Error('not straight through');
  return byCentroid!.arraySync() as Nested;
};

interface PerChannel {
  op: 'gather' | 'grad';
  aggregation?: clustering.GradientAggregation;
  centroids: number[][];
  indices: Nested;
}

goldenSuite('clustering.json', [{ file: 'tfmot_clustering.json' }], {
  answered: {
    'CentroidInitialization.LINEAR': { answer: initial('LINEAR') },
    'CentroidInitialization.LINEAR preserve_sparsity': { answer: initial('LINEAR') },
    'CentroidInitialization.DENSITY_BASED': { answer: initial('DENSITY_BASED') },
    'CentroidInitialization.DENSITY_BASED preserve_sparsity': { answer: initial('DENSITY_BASED') },
    'per-channel centroids (Conv2D kernel shape 2,2,1,2)': { answer: perChannel },
    'CDF value': {
      answer: ({ weights, point }: { weights: number[]; point: number }) =>
        new SortedValues(Float64Array.from(weights)).shareUpTo(point),
    },
    'gather clustered weight': {
      answer: ({ centroids, indices }: { centroids: number[]; indices: Nested }) =>
        pulled(centroids, flat(indices), shapeOf(indices)),
    },
    'gradient of sum(clustered weights) wrt 2 centroids (upstream gradient all ones; gradient wrt original weights is all ones = straight-through)':
      {
        answer: ({
          aggregation,
          indices,
        }: {
          aggregation: clustering.GradientAggregation;
          indices: Nested;
        }) => tf.tidy(() => gradients(tf.zeros([2]), flat(indices), shapeOf(indices), aggregation)),
      },
    'per-channel gather / nearest index': {
      answer: ({ op, aggregation, centroids, indices }: PerChannel) => {
        // The engine counts indices through the centroids of all channels.
        const [channels, each] = [centroids.length, centroids[0]!.length];
        const counted = flat(indices).map((index, i) => (i % channels) * each + index);
        const shape = shapeOf(indices);
        if (op === 'gather') return pulled(centroids, counted, shape);
        return tf.tidy(() => gradients(tf.tensor(centroids), counted, shape, aggregation!));
      },
    },
  },
  notCovered: {
    'CentroidInitialization.KMEANS_PLUS_PLUS (TF op kmeans_plus_plus_initialization seed=9, num_retries_per_sample=-1: depends on TF Philox RNG; use as informational)':
      "which weights are drawn depends on TensorFlow's Philox random numbers; ours come from xoroshiro128+",
  },
});
