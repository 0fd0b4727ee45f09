import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireInteger, requireNumber } from '../numerics/arguments.ts';
import type { Variable } from '../model-graph/wrapping-layer.ts';
import { readExamples, type Targets } from './curvature-examples.ts';
import { forEachGradientRow, freeWeights, type FreeWeights } from './free-weights.ts';
import { gaussNewton } from './gauss-newton.ts';
import { InverseHessian } from './inverse-hessian.ts';
import { kernelMatrices } from './kernel-matrices.ts';
import { requireKnownOptions } from './known-options.ts';
import { keptCount } from './magnitude-mask.ts';
import type { CurvatureLoss } from './output-curvature.ts';
import { withWeights } from './with-weights.ts';

/** How much is deleted, and how. */
export interface SurgeonOptions {
  /** Weights to delete: from 1 on a count, below 1 the share of all kernels' weights that is 0 in the end. */
  remove: number;
  /** Added to the diagonal of the Hessian, so that it can be inverted; 1e-6 unless told. */
  alpha?: number;
  /** 'categoricalCrossentropy' unless told. */
  loss?: CurvatureLoss;
  /** Examples that are propagated at once; 32 unless told. */
  batchSize?: number;
}

/** One deletion. */
export interface Deletion {
  layer: string;
  /** Position in the layer's kernel, row-major. */
  index: number;
  /** L = w²/(2·[H⁻¹]_qq): what it adds to the loss once the other weights have moved. */
  saliency: number;
}

/** A network after surgery. */
export interface Surgery {
  model: tf.LayersModel;
  /** In the order in which they were made. */
  deleted: Deletion[];
  /** Sum of the deletions' saliencies. */
  predictedIncrease: number;
  /** Mean loss over the examples, measured. */
  loss: { before: number; after: number };
}

/** The inverse of the Hessian takes 8 bytes times the square of this. */
const MOST_WEIGHTS = 3000;
const OPTIONS = ['remove', 'alpha', 'loss', 'batchSize'];

/**
 * Deletes weights one after the other, each the one that the loss can spare most, and moves all others so that they
 * make up for it as well as they can: Optimal Brain Surgeon.
 *
 * The weight q of least L_q = w_q²/(2·[H⁻¹]_qq) is deleted, and w ← w − (w_q/[H⁻¹]_qq)·H⁻¹·e_q, which makes w_q zero.
 * H is the whole Hessian of the mean loss in its Gauss–Newton form, as {@link obdSaliency} takes its diagonal; its
 * inverse begins as I/α and grows by one rank for every example and every output: with P examples and the gradient x of
 * one output, H⁻¹ ← H⁻¹ − H⁻¹·x·xᵀ·H⁻¹/(P + xᵀ·H⁻¹·x). After a deletion row and column q leave H, so that weights
 * that are deleted, and those that were 0 to begin with, stay 0. Biases move and are not deleted; normalizations and
 * depthwise kernels stay as they are.
 *
 * The Hessian is that of the given weights: where the loss is no quadratic, delete a few at a time and call again. Time
 * goes with examples·outputs·weights²: some hundred examples do.
 *
 * @param model - a trained model with one output and at most 3,000 weights that are not 0; it is left as it is
 * @param inputs - examples [n, …] that the model was trained on, or one tensor for each input
 * @param targets - for cross-entropy n class indices or a tensor [n, classes]; else a tensor of the output's shape. They
 *   enter the measured loss alone: the model is taken to be at a minimum
 * @param options - `remove`, `alpha` (1e-6 unless told; 1e-8 … 1e-4 is usual), `loss` ('categoricalCrossentropy' unless
 *   told, or 'meanSquaredError'), `batchSize` (32 unless told)
 * @returns `{model, deleted, predictedIncrease, loss: {before, after}}`
 * @throws ReaderError `network-too-large`, `remove-out-of-range`, `alpha-not-positive`, and those of
 *   {@link obdSaliency}
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false, name: 'a' })],
 * });
 * model.setWeights([tf.tensor2d([[1], [0.5]])]);
 * // The two inputs are nearly the same: what one weight did the other can do.
 * const x = tf.tensor2d([[1, 1.01], [2, 1.99]]);
 * const surgery = sparsity.optimalBrainSurgeon(model, x, model.predict(x) as tf.Tensor, {
 *   remove: 1,
 *   loss: 'meanSquaredError',
 * });
 * console.log(Array.from(surgery.model.getWeights()[0]!.dataSync(), (w) => w.toFixed(1)).join(' ')); // 1.5 0.0
 * ```
 * @see B. Hassibi, D. G. Stork, "Second order derivatives for network pruning: Optimal Brain Surgeon", NIPS 5, 1993
 */
export function optimalBrainSurgeon(
  model: tf.LayersModel,
  inputs: tf.Tensor | tf.Tensor[],
  targets: Targets,
  options: SurgeonOptions,
): Surgery {
  requireKnownOptions('optimalBrainSurgeon', options, OPTIONS, '{ remove: 10 }');
  const { remove, alpha = 1e-6, loss = 'categoricalCrossentropy', batchSize = 32 } = options;
  requireAlpha(alpha);
  const kernels = kernelMatrices(model);
  const weights = freeWeights(kernels);
  const count = deletionsOf(remove, weights);
  requireSmall(weights);
  const network = gaussNewton(model, loss);
  try {
    const examples = readExamples(model, inputs, targets, loss);
    const before = network.meanLoss(examples, batchSize);
    const inverse = new InverseHessian(weights.size, alpha);
    forEachGradientRow(weights, network, examples, batchSize, (gradient) =>
      inverse.add(gradient, examples.count),
    );
    const deletions = operate(weights, inverse, count);
    const operated = withWeights(model, newValues(weights));
    const measured = gaussNewton(operated, loss);
    try {
      return {
        model: operated,
        deleted: named(deletions, weights),
        predictedIncrease: deletions.reduce((sum, { saliency }) => sum + saliency, 0),
        loss: { before, after: measured.meanLoss(examples, batchSize) },
      };
    } finally {
      measured.dispose();
    }
  } finally {
    network.dispose();
  }
}

/** Deletes so many of the weights, in place. */
function operate(
  { values, deletable, size }: FreeWeights,
  inverse: InverseHessian,
  count: number,
): { q: number; saliency: number }[] {
  const left = deletable.slice();
  return Array.from({ length: count }, () => {
    let q = -1;
    let least = Infinity;
    for (let i = 0; i < size; i++) {
      if (left[i] === 0) continue;
      const saliency = values[i]! ** 2 / (2 * inverse.diagonal(i));
      if (saliency < least) [q, least] = [i, saliency];
    }
    const column = inverse.column(q);
    const step = values[q]! / column[q]!;
    for (let i = 0; i < size; i++) values[i] = values[i]! - step * column[i]!;
    values[q] = 0;
    left[q] = 0;
    inverse.remove(q);
    return { q, saliency: least };
  });
}

function newValues({ values, places }: FreeWeights): Map<Variable, Float32Array> {
  const changes = new Map<Variable, Float32Array>();
  for (const { kernel, at, biasAt } of places) {
    changes.set(
      kernel.variable,
      Float32Array.from(at, (place) => (place < 0 ? 0 : values[place]!)),
    );
    if (!kernel.bias) continue;
    const biases = values.subarray(biasAt, biasAt + kernel.channels);
    changes.set(kernel.bias, Float32Array.from(biases));
  }
  return changes;
}

function named(
  deletions: readonly { q: number; saliency: number }[],
  { places }: FreeWeights,
): Deletion[] {
  return deletions.map(({ q, saliency }) => {
    const { kernel, at } = places.find((each) => each.at.includes(q))!;
    return { layer: kernel.name, index: at.indexOf(q), saliency };
  });
}

/** How many weights to delete. */
function deletionsOf(remove: number, { places, deletable }: FreeWeights): number {
  requireNumber('remove', remove);
  const left = deletable.reduce((sum, each) => sum + each, 0);
  if (remove >= 1) {
    requireInteger('remove', remove, 1, Number.MAX_SAFE_INTEGER);
    if (remove < left) return remove;
  } else if (remove >= 0) {
    const all = places.reduce((sum, { at }) => sum + at.length, 0);
    return Math.max(0, left - keptCount(all, remove));
  }
  throw new ReaderError({
    code: 'remove-out-of-range',
    explain: `remove must be a share from 0 up to, but not, 1, or a count below ${left}, the weights that are not 0; it is ${remove}.`,
    hint: 'At least one weight must stay.',
  });
}

function requireAlpha(alpha: number): void {
  requireNumber('alpha', alpha);
  if (alpha > 0) return;
  throw new ReaderError({
    code: 'alpha-not-positive',
    explain: `alpha must be above 0; it is ${alpha}.`,
    hint: 'Without it the Hessian of too few examples has no inverse; 1e-8 … 1e-4 is usual.',
  });
}

function requireSmall({ size }: FreeWeights): void {
  if (size <= MOST_WEIGHTS) return;
  throw new ReaderError({
    code: 'network-too-large',
    explain: `The network has ${size} weights that are not 0; the inverse of its Hessian, ${size} × ${size}, is too large beyond ${MOST_WEIGHTS}.`,
    hint: 'Use obdSaliency and obdPrune, which need the diagonal alone, or delete most weights with them first: those that are 0 do not count. For rounding there is quantization.gptq, which does the same layer by layer.',
  });
}
