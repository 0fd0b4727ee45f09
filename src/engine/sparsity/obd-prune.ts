import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteArray } from '../numerics/arguments.ts';
import { requireKnownOptions } from './known-options.ts';
import { kthLargestMagnitude } from './kth-largest-magnitude.ts';
import { keptCount } from './magnitude-mask.ts';
import { joined, type PruneScope } from './magnitude-prune.ts';
import { requireSaliencies, type SaliencyOfLayer } from './saliencies-argument.ts';
import {
  readLayerSparsity,
  requireScope,
  weightsToPrune,
  type LayerSparsity,
  type WeightToPrune,
} from './weights-to-prune.ts';
import { masked, withWeights } from './with-weights.ts';

/**
 * Sets the weights of least saliency to zero, once and without training: the deletion of Optimal Brain Damage.
 *
 * Of n weights the k = max(round(n·(1 − sparsity)), 1) of largest saliency are kept, exactly so many: of equal ones
 * those of larger magnitude, then those that come first. Many are equal: each weight on an input that is always 0 has
 * the saliency 0. Saliencies of all layers are in the unit of the loss and can be compared, so that with scope
 * 'global', unless told, all weights compete with each other.
 *
 * @param model - the model that the saliencies are of; it is left as it is
 * @param saliencies - what {@link obdSaliency} gave, or others of the same form
 * @param sparsity - share of weights that become zero, from 0 up to, but not, 1; with scope 'layer' a record of
 *   layers' names prunes those alone, each by its own
 * @param options - `scope`, 'global' unless told, or 'layer'
 * @returns a new model of the same layers and names, not compiled; layers without saliencies are copied whole
 * @throws ReaderError `saliencies-invalid`, `saliency-does-not-fit`, `value-not-finite`, `layer-unknown`,
 *   `sparsity-out-of-range`, `scope-unknown`, `scope-and-record`, and those of {@link magnitudePrune}
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false, name: 'a' })],
 * });
 * model.setWeights([tf.tensor2d([[3], [0.5]])]);
 * const x = tf.tensor2d([[0.1, 2], [-0.1, 2]]);
 * const saliencies = sparsity.obdSaliency(model, x, model.predict(x) as tf.Tensor, { loss: 'meanSquaredError' });
 * // The larger weight is the one that the loss can spare.
 * const pruned = sparsity.obdPrune(model, saliencies, 0.5);
 * console.log(pruned.getWeights()[0]!.dataSync().join(' ')); // 0 0.5
 * ```
 * @see Y. LeCun, J. S. Denker, S. A. Solla, "Optimal Brain Damage", NIPS 2, 1990, section 2.2
 */
export function obdPrune(
  model: tf.LayersModel,
  saliencies: readonly SaliencyOfLayer[],
  sparsity: LayerSparsity,
  options: PruneScope = {},
): tf.LayersModel {
  requireKnownOptions('obdPrune', options, ['scope'], "{ scope: 'layer' }");
  const { scope = 'global' } = options;
  requireScope(scope, sparsity);
  const weights = weightsToPrune(model);
  const scored = fit(saliencies, weights);
  const shares = readLayerSparsity(
    sparsity,
    scored.map(({ weight }) => weight.layer),
  );
  const chosen = scored.filter(({ weight }) => shares.has(weight.layer));
  const groups = scope === 'global' ? [chosen] : chosen.map((each) => [each]);
  const changes = groups.flatMap((group) => {
    const mask = keepMostSalient(
      joined(group.map(({ saliency }) => saliency)),
      joined(group.map(({ weight }) => weight.values)),
      shares.get(group[0]!.weight.layer)!,
    );
    let at = 0;
    return group.map(({ weight: { variable, values } }) => {
      const own = mask.subarray(at, (at += values.length));
      return [variable, masked(values, own)] as const;
    });
  });
  return withWeights(model, new Map(changes));
}

/** Each of the saliencies with the kernel that it is of. */
function fit(
  saliencies: readonly SaliencyOfLayer[],
  weights: readonly WeightToPrune[],
): { weight: WeightToPrune; saliency: Float32Array }[] {
  requireSaliencies(saliencies);
  return saliencies.map(({ layer, saliency }) => {
    const weight = weights.find((each) => each.layer === layer);
    if (!weight || saliency.length !== weight.values.length) {
      throw new ReaderError({
        code: 'saliency-does-not-fit',
        explain: weight
          ? `The saliencies of ${layer} are ${saliency.length}; its kernel has ${weight.values.length} weights.`
          : `There are saliencies of the layer ${layer}; the model has none of that name whose kernel can be pruned.`,
        hint: 'Measure the saliencies of this very model.',
      });
    }
    requireFiniteArray(`The saliency of ${layer}`, saliency);
    return { weight, saliency: Float32Array.from(saliency, (value) => Math.max(value, 0)) };
  });
}

/** 1 for exactly the kept ones, 0 for the others. */
function keepMostSalient(
  saliency: Float32Array,
  weights: Float32Array,
  sparsity: number,
): Uint8Array {
  const kept = keptCount(saliency.length, sparsity);
  const threshold = kthLargestMagnitude(saliency, kept);
  const mask = new Uint8Array(saliency.length);
  const ties: number[] = [];
  let above = 0;
  for (let i = 0; i < saliency.length; i++) {
    if (saliency[i]! > threshold) {
      mask[i] = 1;
      above++;
    } else if (saliency[i] === threshold) ties.push(i);
  }
  ties.sort((a, b) => Math.abs(weights[b]!) - Math.abs(weights[a]!) || a - b);
  for (const index of ties.slice(0, kept - above)) mask[index] = 1;
  return mask;
}
