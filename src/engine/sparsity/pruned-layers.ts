import type * as tf from '@tensorflow/tfjs';
import { isModel } from '../model-graph/clone-model.ts';
import { PruneLowMagnitude } from './pruning-wrapper.ts';

/** The layers of a model and of the models nested in it, each once; the nested models themselves are not among them. @internal */
export function allLayers(model: tf.LayersModel): tf.layers.Layer[] {
  const found = model.layers.flatMap((layer) => (isModel(layer) ? allLayers(layer) : [layer]));
  return [...new Set(found)];
}

/** Those of them that are wrapped for pruning. @internal */
export function prunedLayers(model: tf.LayersModel): PruneLowMagnitude[] {
  return allLayers(model).filter((layer) => layer instanceof PruneLowMagnitude);
}
