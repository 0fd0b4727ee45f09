import type * as tf from '@tensorflow/tfjs';
import { cloneModel } from '../model-graph/clone-model.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { ClusterWeights } from './cluster-wrapper.ts';
import { requireOptions } from './require-options.ts';

/** What to do when there is nothing to strip. */
export interface StripOptions {
  /** Told when no layer is clustered; prints to the console unless told. */
  onWarning?: (message: string) => void;
}

/**
 * Makes a plain model of one whose layers were clustered: each kernel holds its centroids' values, no more different ones
 * than it has clusters, and the file gets smaller as soon as it is coded by them (gzip does that too).
 *
 * ŵᵢ = c_k(i), the values that the clustered model computes with.
 *
 * @param model - from {@link clusterWeights}; it is left as it is
 * @param options - `onWarning`, told when no layer is clustered: what comes back is then a copy of the model
 * @returns a new model of plain layers, with the names that they had before
 * @throws ReaderError `option-unknown`, and those of models that cannot be read
 * @example
 * ```ts
 * import { clustering, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], name: 'd' })] });
 * model.setWeights([tf.tensor2d([[-1, 0.1], [0.9, 1]]), tf.zeros([2])]);
 * const clustered = clustering.clusterWeights(model, { numberOfClusters: 3, clusterCentroidsInit: 'LINEAR' });
 * const [kernel] = clustering.stripClustering(clustered).getLayer('d').getWeights();
 * console.log(Array.from(kernel!.dataSync()).join(' ')); // -1 0 1 1
 * ```
 * @see `strip_clustering`, tensorflow_model_optimization/python/core/clustering/keras/cluster.py
 */
export function stripClustering(model: tf.LayersModel, options: StripOptions = {}): tf.LayersModel {
  requireOptions(options, ['onWarning']);
  requireBuiltModel(model);
  let isClustered = false;
  const plain = cloneModel(model, (layer) => {
    if (!(layer instanceof ClusterWeights)) return undefined;
    isClustered = true;
    return layer.stripped();
  });
  if (!isClustered) {
    const { onWarning = (message: string) => console.warn(message) } = options;
    onWarning(
      'stripClustering: no layer of the model is clustered; this is a copy of it as it was.',
    );
  }
  return plain;
}
