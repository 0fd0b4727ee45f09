import * as tf from '@tensorflow/tfjs';
import { applyLayer, copyLayer, rebuildModel } from './rebuild-model.ts';

const withActivation = new Set([
  'Conv1D',
  'Conv2D',
  'Conv2DTranspose',
  'Dense',
  'DepthwiseConv2D',
  'SeparableConv2D',
]);

/**
 * The same function with every activation as a layer of its own, called `<layer>_<activation>`: what a layer
 * computes and what its activation makes of it can then be looked at, and changed, apart.
 *
 * @internal
 */
export function separateActivations(model: tf.LayersModel): tf.LayersModel {
  return rebuildModel(model, ({ layer, className, name }, inputs) => {
    const activation = layer.getConfig()['activation'];
    if (!withActivation.has(className) || typeof activation !== 'string' || activation === 'linear')
      return undefined;
    const linear = applyLayer(copyLayer(layer, { activation: 'linear' }), inputs, layer);
    return tf.layers
      .activation({ activation: activation as 'relu', name: `${name}_${activation}` })
      .apply(linear) as tf.SymbolicTensor;
  });
}
