import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';
import { requireSaliencies, type SaliencyOfLayer } from './saliencies-argument.ts';
import { weightsToPrune } from './weights-to-prune.ts';

/**
 * Foretells how much the loss grows when weights are deleted, from their saliencies.
 *
 * ΔL ≈ Σ s over the deleted weights: the deletions are taken not to interact. LeCun, Denker and Solla found that this
 * holds for about the first 30 % of the weights, and that beyond it the loss grows faster.
 *
 * @param saliencies - what {@link obdSaliency} gave for the whole model
 * @param deleted - the pruned model, in which deleted weights are 0; or a mask for each layer's name, 0 where a weight
 *   is deleted, as long as the layer's saliencies
 * @returns the increase of the mean loss, in its unit; layers that `deleted` does not name add nothing
 * @throws ReaderError `saliencies-invalid`, `saliency-does-not-fit`, `deleted-invalid`, and those of models that
 *   cannot be read
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * const saliencies = [{ layer: 'a', saliency: Float32Array.of(0.5, 0.25, 2) }];
 * console.log(sparsity.predictedLossIncrease(saliencies, { a: [0, 0, 1] })); // 0.75
 * ```
 * @see Y. LeCun, J. S. Denker, S. A. Solla, "Optimal Brain Damage", NIPS 2, 1990, equation 3 and figure 1
 */
export function predictedLossIncrease(
  saliencies: readonly SaliencyOfLayer[],
  deleted: tf.LayersModel | Readonly<Record<string, ArrayLike<number>>>,
): number {
  requireSaliencies(saliencies);
  const masks = masksOf(deleted);
  const known = saliencies.map(({ layer }) => layer);
  const stranger = [...masks.keys()].find((name) => !known.includes(name));
  if (stranger !== undefined && !(deleted instanceof tf.LayersModel)) {
    throw new ReaderError({
      code: 'saliency-does-not-fit',
      explain: `deleted has a mask for the layer ${stranger}; there are saliencies of ${known.join(', ')} alone.`,
    });
  }
  let sum = 0;
  for (const { layer, saliency } of saliencies) {
    const mask = masks.get(layer);
    if (!mask) continue;
    if (mask.length !== saliency.length) {
      throw new ReaderError({
        code: 'saliency-does-not-fit',
        explain: `The layer ${layer} has ${mask.length} weights in deleted and ${saliency.length} saliencies.`,
        hint: 'Both must be of one model.',
      });
    }
    for (let i = 0; i < mask.length; i++) if (mask[i] === 0) sum += saliency[i]!;
  }
  return sum;
}

function masksOf(
  deleted: tf.LayersModel | Readonly<Record<string, ArrayLike<number>>>,
): Map<string, ArrayLike<number>> {
  if (deleted instanceof tf.LayersModel) {
    return new Map(weightsToPrune(deleted).map(({ layer, values }) => [layer, values]));
  }
  const given: unknown = deleted;
  if (
    typeof given !== 'object' ||
    given === null ||
    Array.isArray(given) ||
    ArrayBuffer.isView(given)
  ) {
    throw new ReaderError({
      code: 'deleted-invalid',
      explain: `deleted must be the pruned model, or a record of layers' names and masks; ${describe(given)} came.`,
    });
  }
  return new Map(Object.entries(deleted));
}
