import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { withFixedMask } from './fixed-mask.ts';
import { weightsToPrune, type WeightToPrune } from './weights-to-prune.ts';
import { shapeText } from './weights-argument.ts';

/**
 * Gives the weights that a pruned network kept the values they had before it was trained: a lottery ticket.
 *
 * w = w₀·m, with w₀ the initial weights and m = 1 where the pruned weight is not 0. The zeros stay through training,
 * whatever the optimizer does; {@link stripPruning} gives the plain model. Frankle and Carbin train a network, prune
 * it, rewind what is left and train again, and find that it learns as well as the whole network did, and better than
 * with other initial weights. For large networks rewind to weights of an early step instead.
 *
 * @param prunedModel - a trained network with zeros, as {@link magnitudePrune} or {@link stripPruning} gives it; it is
 *   left as it is
 * @param initialModel - the same layers with the weights before training, or after a few steps; biases and
 *   normalizations are taken from it too; it is left as it is
 * @returns a new model whose layers with zeros are wrapped (`prune_low_magnitude_…`), not compiled; it trains with `fit`
 *   and no callback
 * @throws ReaderError `model-not-pruned`, `models-differ`, `layer-unsupported` for layers with several kernels,
 *   `model-pruned-already`, `weights-not-finite`, `nothing-to-prune`, and those of models that cannot be read
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const make = (weights: number[]) => {
 *   const model = tf.sequential({
 *     layers: [tf.layers.dense({ units: 1, inputShape: [4], useBias: false, name: 'a' })],
 *   });
 *   model.setWeights([tf.tensor2d(weights, [4, 1])]);
 *   return model;
 * };
 * const [initial, trained] = [make([1, 2, 3, 4]), make([9, -0.5, 0.2, -7])];
 * const ticket = sparsity.rewind(sparsity.magnitudePrune(trained, 0.5), initial);
 * const [kernel] = sparsity.stripPruning(ticket).getWeights();
 * console.log(kernel!.dataSync().join(' ')); // 1 0 0 4
 * ```
 * @see J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks", ICLR 2019
 */
export function rewind(prunedModel: tf.LayersModel, initialModel: tf.LayersModel): tf.LayersModel {
  const pruned = weightsToPrune(prunedModel);
  requireAlike(pruned, weightsToPrune(initialModel));
  const withZeros = pruned.filter(({ values }) => values.includes(0));
  if (withZeros.length === 0) {
    throw new ReaderError({
      code: 'model-not-pruned',
      explain:
        'prunedModel has no zeros in its kernels: there is nothing to keep and nothing to leave out.',
      hint: 'Prune it first, for example with magnitudePrune; the pruned model is the first argument.',
    });
  }
  return withFixedMask(
    initialModel,
    new Map(
      withZeros.map(({ layer, values }) => [
        layer,
        Float32Array.from(values, (value) => (value === 0 ? 0 : 1)),
      ]),
    ),
  );
}

/** Both models must have the same kernels. */
function requireAlike(pruned: readonly WeightToPrune[], initial: readonly WeightToPrune[]): void {
  const nameOf = (weight: WeightToPrune | undefined): string =>
    weight ? `${weight.layer} ${shapeText(weight.shape)}` : 'none';
  const length = Math.max(pruned.length, initial.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [nameOf(pruned[i]), nameOf(initial[i])];
    if (a === b) continue;
    throw new ReaderError({
      code: 'models-differ',
      explain: `prunedModel and initialModel must have the same layers; kernel ${i + 1} is that of ${a} in the first and of ${b} in the second.`,
      hint: 'Save the initial weights of the very model that is trained and pruned.',
    });
  }
}
