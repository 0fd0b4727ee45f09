import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { cloneModel, isModel } from '../model-graph/clone-model.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';
import { ClusterWeights } from './cluster-wrapper.ts';
import {
  clusterableWeights,
  CLUSTERABLE_CLASSES,
  clusteringOf,
  variableOf,
} from './clusterable-weights.ts';
import type { ClusterConfig } from './clustered-variable.ts';
import { readClusteringOptions, type ClusteringOptions } from './clustering-options.ts';

/** Before the names of layers that are clustered. */
const CLUSTER_PREFIX = 'cluster_';

/**
 * Makes a model whose layers train with kernels of few values each: weight clustering, or weight sharing.
 *
 * On the way forward each weight is replaced by its nearest centroid (of equally near ones the first), ŵᵢ = c_k(i).
 * On the way back a centroid gets the sum of its weights' gradients, dcₖ = Σ dŵᵢ (AVG: their mean), and each weight its
 * own, dwᵢ = dŵᵢ: weights move behind the scenes, and each pass assigns them anew. With `preserveSparsity` one centroid
 * is and stays 0, and weights that start nearest to it stay 0. With `trainWeights: false` each weight keeps the centroid it
 * starts with, and centroids alone train. Kernels are clustered, of SeparableConv2D the pointwise one, of recurrent layers
 * both; biases, BatchNormalization and DepthwiseConv2D are not. A layer with no more weights than clusters is left alone,
 * with a warning; so are layers that are not trainable, unless they are named. What is clustered already stays as it is.
 *
 * Train the model with `compile` and `fit`, or in a loop of your own; it saves and loads like any other.
 * {@link stripClustering} makes a plain model of it.
 *
 * @param toCluster - a built, trained Sequential or functional model, or a layer for a new model; left as it is
 * @param options - `numberOfClusters` (2 or more, with `preserveSparsity` 3; or by layer name), `clusterCentroidsInit`,
 *   `preserveSparsity`, `clusterPerChannel`, `clusterGradientAggregation`, `trainWeights`, `kMeansIterations`, `seed`,
 *   `onWarning`: see {@link ClusteringOptions}
 * @returns a new model, or layer; names of clustered layers get the prefix `cluster_`
 * @throws ReaderError `clusters-too-few`, `layer-unknown`, `layer-unsupported`, `nothing-to-cluster`,
 *   `initialization-unknown`, `aggregation-unknown`, `option-unknown`, `option-not-boolean`, `not-an-integer-in-range`,
 *   `weights-not-finite`, and those of models that cannot be read
 * @example
 * ```ts
 * import { clustering, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 8, inputShape: [8], name: 'd' })] });
 * const clustered = clustering.clusterWeights(model, { numberOfClusters: 4 });
 * clustered.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * await clustered.fit(tf.eye(8), tf.eye(8), { epochs: 2, verbose: 0 });
 * console.log(clustered.layers.at(-1)!.name); // cluster_d
 * const kernel = clustering.stripClustering(clustered).getLayer('d').getWeights()[0]!;
 * console.log(new Set(kernel.dataSync()).size <= 4); // true
 * ```
 * @see `cluster_weights`, tensorflow_model_optimization/python/core/clustering/keras/cluster.py; S. Han, H. Mao,
 *   W. J. Dally, "Deep Compression", ICLR 2016, section 3
 */
export function clusterWeights<T extends tf.LayersModel | tf.layers.Layer>(
  toCluster: T,
  options: ClusteringOptions,
): Clustered<T> {
  const { numberOfClusters, onWarning, ...config } = readClusteringOptions(options);
  const layer = toCluster instanceof tf.layers.Layer && !isModel(toCluster) ? toCluster : undefined;
  const layers = layer ? [layer] : layersOf(toCluster as tf.LayersModel);
  const configs = new Map<tf.layers.Layer, ClusterConfig>();
  for (const [each, clusters] of clustersAsked(numberOfClusters, layers)) {
    const own = { ...config, numberOfClusters: clusters };
    const tooFew = tooFewWeights(each, own);
    if (tooFew) onWarning(tooFew);
    else configs.set(each, own);
  }
  const wrapped = (each: tf.layers.Layer): ClusterWeights | undefined => {
    const found = configs.get(each);
    return found && wrap(each, found);
  };
  const clustered = layer
    ? (wrapped(layer) ?? layer)
    : cloneModel(toCluster as tf.LayersModel, (each) => {
        const wrapper = wrapped(each);
        return wrapper && { layer: wrapper, fill: () => undefined };
      });
  return clustered as Clustered<T>;
}

/** Of a model a model, of a layer a layer. */
type Clustered<T> = T extends tf.LayersModel ? tf.LayersModel : tf.layers.Layer;

/** A copy of a layer, wrapped; with its weights if it is built. */
function wrap(layer: tf.layers.Layer, cluster: ClusterConfig): ClusterWeights {
  const { initialWeights } = layer as unknown as { initialWeights: tf.Tensor[] | null };
  const start = layer.built ? layer.getWeights() : (initialWeights ?? undefined);
  return new ClusterWeights({
    name: `${CLUSTER_PREFIX}${layer.name}`,
    layer: copyLayer(layer),
    cluster,
    start: start?.map((tensor) => ({
      values: (tensor.dataSync() as Float32Array).slice(),
      shape: tensor.shape,
    })),
  });
}

/** The layers of a model and of models nested in it, each once. */
function layersOf(model: tf.LayersModel): tf.layers.Layer[] {
  requireBuiltModel(model);
  requireFiniteWeights(model);
  return [...new Set(flatLayers(model))];
}

function flatLayers({ layers }: tf.LayersModel): tf.layers.Layer[] {
  return layers.flatMap((layer) => (isModel(layer) ? flatLayers(layer) : [layer]));
}

/** The layers that are to be clustered, and into how many values. */
function clustersAsked(
  numberOfClusters: ClusteringOptions['numberOfClusters'],
  layers: readonly tf.layers.Layer[],
): Map<tf.layers.Layer, number> {
  const fresh = layers.filter((layer) => !(layer instanceof ClusterWeights));
  const known = fresh.filter((layer) => clusteringOf(layer) === 'clusters');
  if (typeof numberOfClusters === 'object') {
    return new Map(
      Object.entries(numberOfClusters).flatMap(([name, clusters]) => {
        const named = known.filter((layer) => layer.name === name);
        if (named.length === 0) throw unknown(name, known);
        return named.map((layer) => [layer, clusters] as const);
      }),
    );
  }
  const unsupported = fresh.find((layer) => clusteringOf(layer) === 'unsupported');
  if (unsupported) throw cannotCluster(unsupported);
  const trainable = known.filter((layer) => layer.trainable);
  if (trainable.length === 0) throw nothingToCluster(layers);
  return new Map(trainable.map((layer) => [layer, numberOfClusters]));
}

/** What to say of a layer with no more weights than clusters. */
function tooFewWeights(layer: tf.layers.Layer, config: ClusterConfig): string | undefined {
  if (!layer.built) return undefined;
  const perChannel = config.clusterPerChannel && layer.getClassName() === 'Conv2D';
  const counts = clusterableWeights(layer).map((weight) => {
    const { shape } = variableOf(weight);
    const size = shape.reduce<number>((product, axis) => product * axis!, 1);
    return perChannel ? size / shape.at(-1)! : size;
  });
  const least = Math.min(...counts);
  if (least > config.numberOfClusters) return undefined;
  return `The layer ${layer.name} has ${least} weights${perChannel ? ' for each filter' : ''}, no more than the ${config.numberOfClusters} clusters asked for: it is not clustered.`;
}

function unknown(name: string, known: readonly tf.layers.Layer[]): ReaderError {
  return new ReaderError({
    code: 'layer-unknown',
    explain: `There is no layer ${name} that can be clustered.`,
    elaborate: `Those that can are ${known.map((layer) => layer.name).join(', ') || 'none'}.`,
  });
}

function cannotCluster(layer: tf.layers.Layer): ReaderError {
  return new ReaderError({
    code: 'layer-unsupported',
    explain: `The layer ${layer.name} (${layer.getClassName()}) cannot be clustered.`,
    elaborate: `Those that can are ${CLUSTERABLE_CLASSES.join(', ')}; recurrent ones not with returnState or stateful.`,
    hint: 'Cluster only the other layers, by name: numberOfClusters: { dense: 16 }. A layer that is wrapped for pruning or quantization is stripped first.',
  });
}

function nothingToCluster(layers: readonly tf.layers.Layer[]): ReaderError {
  const names = layers.map((layer) => `${layer.name} (${layer.getClassName()})`);
  return new ReaderError({
    code: 'nothing-to-cluster',
    explain: `There is no layer to cluster among ${names.join(', ')}.`,
    elaborate: `Those of ${CLUSTERABLE_CLASSES.join(', ')} are clustered, where they are trainable and not clustered already.`,
  });
}
