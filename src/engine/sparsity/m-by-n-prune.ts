import type * as tf from '@tensorflow/tfjs';
import { maskMByN, requireMByN, type MByN } from './m-by-n-mask.ts';
import type { SkippedLayer } from './prune-channels.ts';
import { weightsToPrune, type WeightToPrune } from './weights-to-prune.ts';
import { masked, withWeights } from './with-weights.ts';

/** A network with m zeros in every n. */
export interface MByNPruned {
  model: tf.LayersModel;
  /** Layers that were left as they were. */
  skipped: SkippedLayer[];
}

/** Layers whose kernels are [in, out] or [height, width, in, out]. */
const CLASSES = ['Dense', 'Conv2D', 'SeparableConv2D'];

/**
 * Sets the m smallest of every n consecutive weights of a trained model to zero, once and without training: the
 * regular zeros that some hardware skips.
 *
 * The groups run along the input channels, as {@link mByNMask} lays them, and a last group that is not full is filled
 * up with zeros: of two input channels [2, 4] takes nothing. A kernel with no more than n − m input channels is left as
 * it is, and `skipped` says so.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param mByN - [m, n], whole numbers, m below n; [2, 4] is what GPUs support
 * @returns `{model, skipped}`; the model has the same layers and names and is not compiled
 * @throws ReaderError `m-not-below-n`, `not-a-pair`, `not-an-integer-in-range`, `nothing-to-prune`,
 *   `model-pruned-already`, `weights-not-finite`, `model-not-a-model`, `model-not-built`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [8, 8, 1], name: 'first' }),
 *     tf.layers.conv2d({ filters: 8, kernelSize: 3, name: 'second' }),
 *   ],
 * });
 * const { model: pruned, skipped } = sparsity.mByNPrune(model, [2, 4]);
 * console.log(sparsity.isPrunedMByN(pruned.getLayer('second').getWeights()[0]!, [2, 4])); // true
 * console.log(skipped[0]!.layer, skipped[0]!.reason); // first of 4 input channels 2 are kept; it has 1
 * ```
 * @see A. Mishra et al., "Accelerating sparse deep neural networks", arXiv:2104.08378, 2021
 */
export function mByNPrune(model: tf.LayersModel, mByN: MByN): MByNPruned {
  requireMByN('mByN', mByN);
  const weights = weightsToPrune(model);
  const skipped: SkippedLayer[] = [];
  const chosen = weights.filter((weight) => {
    const reason = reasonToSkip(weight, mByN);
    if (reason !== undefined) skipped.push({ layer: weight.layer, reason });
    return reason === undefined;
  });
  const pruned = withWeights(
    model,
    new Map(
      chosen.map(({ layer, variable, values, shape }) => [
        variable,
        masked(values, maskMByN(values, shape, mByN, `the kernel of ${layer}`)),
      ]),
    ),
  );
  return { model: pruned, skipped };
}

function reasonToSkip({ shape, className }: WeightToPrune, [m, n]: MByN): string | undefined {
  if (!CLASSES.includes(className))
    return `only ${CLASSES.join(', ')} are so pruned; it is ${className}`;
  const channels = shape.at(-2)!;
  if (channels > n - m) return undefined;
  return `of ${n} input channels ${n - m} are kept; it has ${channels}`;
}
