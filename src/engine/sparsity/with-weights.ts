import * as tf from '@tensorflow/tfjs';
import { cloneModel } from '../model-graph/clone-model.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';
import type { Variable } from '../model-graph/wrapping-layer.ts';

/**
 * A copy of a model in which some variables hold other values; the given model is left as it is.
 *
 * @param changes - new values for variables of the given model, as long as the old ones
 * @internal
 */
export function withWeights(
  model: tf.LayersModel,
  changes: ReadonlyMap<Variable, Float32Array>,
): tf.LayersModel {
  return cloneModel(model, (layer) => {
    if (!layer.weights.some((variable) => changes.has(variable))) return undefined;
    const copy = copyLayer(layer);
    return {
      layer: copy,
      fill: () =>
        tf.tidy(() =>
          copy.setWeights(
            layer.weights.map((variable) => {
              const values = changes.get(variable);
              return values ? tf.tensor(values, variable.shape as number[]) : variable.read();
            }),
          ),
        ),
    };
  });
}

/** Values with 0, and not −0, wherever the mask is 0. @internal */
export function masked(values: Float32Array, mask: ArrayLike<number>): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) if (mask[i] !== 0) result[i] = values[i]!;
  return result;
}
