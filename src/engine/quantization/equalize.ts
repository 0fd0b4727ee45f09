import * as tf from '@tensorflow/tfjs';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { rebuildModel } from '../model-graph/rebuild-model.ts';
import { requireInteger } from '../numerics/arguments.ts';
import { channelPairs, inputMagnitudes, moveFactors, outputMagnitudes } from './channel-pairs.ts';
import { normalizeModel } from './convert/to-float-graph.ts';

/** How ranges are made equal. */
export interface EqualizationOptions {
  /** Passes over all pairs of layers; 20 unless told, fewer when nothing moves any more. */
  iterations?: number;
  /**
   * Take ReLU for ReLU6, through which no factor can move. The function then changes where an activation was above 6;
   * false unless told.
   */
  replaceReLU6?: boolean;
}

/** Factors nearer to 1 than this are left alone. */
const STILL = 1e-3;

/**
 * Makes the weights of all channels of a layer reach equally far, so that one scale suits them all: what makes a
 * channel's weights larger makes the weights that read it smaller.
 *
 * For neighbours with ranges r₁ᵢ = max|W₁ᵢ| (what makes channel i) and r₂ᵢ = max|W₂ᵢ| (what reads it),
 * sᵢ = √(r₁ᵢ/r₂ᵢ); W₁ᵢ and b₁ᵢ are divided by sᵢ and W₂ᵢ is multiplied by it, after which both reach √(r₁ᵢr₂ᵢ). Batch
 * normalizations are folded first, and activations become layers of their own. Neighbours may have ReLU, pooling,
 * padding, Dropout and Flatten between them.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param options - `iterations` (20 unless told), `replaceReLU6` (false unless told)
 * @returns a new model of the same function (but for `replaceReLU6`)
 * @throws ReaderError `weights-not-finite`, and those of models that cannot be read
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 2, inputShape: [1], activation: 'relu', useBias: false, name: 'a' }),
 *     tf.layers.dense({ units: 1, useBias: false, name: 'b' }),
 *   ],
 * });
 * model.setWeights([tf.tensor2d([[100, 1]]), tf.tensor2d([[0.01], [1]])]);
 * const equal = quantization.crossLayerEqualization(model);
 * console.log(Array.from(equal.getLayer('a').getWeights()[0]!.dataSync()).join(' ')); // 1 1
 * ```
 * @see M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", ICCV 2019,
 *   section 4.1
 */
export function crossLayerEqualization(
  model: tf.LayersModel,
  { iterations = 20, replaceReLU6 = false }: EqualizationOptions = {},
): tf.LayersModel {
  requireInteger('iterations', iterations, 1, 1000);
  requireFiniteWeights(model);
  const folded = normalizeModel(model);
  const equalized = replaceReLU6 ? withoutReLU6(folded) : folded;
  for (let pass = 0; pass < iterations; pass++) {
    let moved = 0;
    for (let at = 0; ; at++) {
      // Read anew each time: the pair before has changed the weights of this one.
      const pair = channelPairs(modelGraph(equalized))[at];
      if (!pair) break;
      const made = outputMagnitudes(pair.first);
      const read = inputMagnitudes(pair.second, pair.channels);
      const factors = made.map((r1, i) => (r1 > 0 && read[i]! > 0 ? Math.sqrt(r1 / read[i]!) : 1));
      moved = Math.max(moved, ...factors.map((s) => Math.abs(Math.log(s))));
      moveFactors(pair, factors);
    }
    if (moved < STILL) break;
  }
  return equalized;
}

function withoutReLU6(model: tf.LayersModel): tf.LayersModel {
  const replaced = rebuildModel(model, ({ name, className, layer }, inputs) => {
    const config = layer.getConfig();
    const isReLU6 =
      (className === 'ReLU' && config['maxValue'] === 6) ||
      (className === 'Activation' && config['activation'] === 'relu6');
    return isReLU6 ? (tf.layers.reLU({ name }).apply(inputs) as tf.SymbolicTensor) : undefined;
  });
  model.dispose();
  return replaced;
}
