import type * as tf from '@tensorflow/tfjs';
import type { LayerClone } from '../model-graph/clone-model.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';
import { PruneLowMagnitude, type LayerPruning } from './pruning-wrapper.ts';

/** Before the names of layers that are pruned while they train. */
const PREFIX = 'prune_low_magnitude_';

/** A copy of a layer wrapped for pruning, with its weights if it is built. @internal */
export function wrapForPruning(layer: tf.layers.Layer, pruning: LayerPruning): PruneLowMagnitude {
  const { initialWeights } = layer as unknown as { initialWeights: tf.Tensor[] | null };
  const start = layer.built ? layer.getWeights() : (initialWeights ?? undefined);
  return new PruneLowMagnitude({
    ...pruning,
    name: `${PREFIX}${layer.name}`,
    layer: copyLayer(layer),
    start: start?.map((tensor) => ({
      values: (tensor.dataSync() as Float32Array).slice(),
      shape: tensor.shape,
    })),
  });
}

/** The same for a model that is built anew. @internal */
export function wrappedClone(
  layer: tf.layers.Layer,
  pruning: LayerPruning,
  then: (wrapper: PruneLowMagnitude) => void = () => undefined,
): LayerClone {
  const wrapper = wrapForPruning(layer, pruning);
  return { layer: wrapper, fill: () => then(wrapper) };
}
