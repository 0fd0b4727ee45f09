import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireArray } from '../numerics/arguments.ts';
import { requireKnownOptions } from './known-options.ts';
import { magnitudePrune } from './magnitude-prune.ts';
import { requireSparsity } from './pruning-schedule.ts';
import { requireLayerNames, weightsToPrune } from './weights-to-prune.ts';

/** How one layer bears being pruned. */
export interface SensitivityRow {
  layer: string;
  sparsity: number;
  /** What `evaluate` gave. */
  score: number;
}

/** What is tried. */
export interface SensitivityOptions {
  /** Shares of zeros to try on each layer; 0 shows the model as it is. */
  sparsities: readonly number[];
  /** Names of the layers to try; all whose kernels can be pruned unless told. */
  layers?: readonly string[];
  /** Called after every trial. */
  onProgress?: (row: SensitivityRow, done: number, total: number) => void;
  /** Stops the scan between two trials; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

const OPTIONS = ['sparsities', 'layers', 'onProgress', 'signal'];

/**
 * Prunes one layer at a time, the others untouched, and scores the model each time: which layers bear it?
 *
 * score(l, s) = evaluate(the model with layer l alone pruned by {@link magnitudePrune} to sparsity s). Interactions of
 * layers do not show. The model that `evaluate` is given lives until its promise settles, and is not compiled: let it
 * predict, or compile it first.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param evaluate - scores a model: accuracy, loss, or any number
 * @param options - `sparsities`, `layers` (all unless told), `onProgress`, `signal`
 * @returns `{layer, sparsity, score}` for every layer and sparsity, layer by layer
 * @throws ReaderError `not-an-array-of-numbers`, `sparsity-out-of-range`, `layer-unknown`, `score-not-a-number`,
 *   `evaluate-not-a-function`, `nothing-to-prune`, `model-pruned-already`, `weights-not-finite`, `option-unknown`, and
 *   those of models that cannot be read
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [4], name: 'a' }),
 *     tf.layers.dense({ units: 2, name: 'b' }),
 *   ],
 * });
 * const zeros = (trial: tf.LayersModel) => sparsity.sparsityOf(trial).zeros;
 * const rows = await sparsity.sensitivityScan(model, zeros, { sparsities: [0.25, 0.5] });
 * console.log(rows.map(({ layer, score }) => `${layer} ${score}`).join(', ')); // a 4, a 8, b 2, b 4
 * ```
 * @see S. Han et al., "Learning both weights and connections for efficient neural networks", NIPS 2015, figure 6
 */
export async function sensitivityScan(
  model: tf.LayersModel,
  evaluate: (model: tf.LayersModel) => number | Promise<number>,
  options: SensitivityOptions,
): Promise<SensitivityRow[]> {
  requireKnownOptions('sensitivityScan', options, OPTIONS, '{ sparsities: [0.5, 0.9] }');
  const { sparsities, onProgress, signal } = options;
  requireArray('sparsities', sparsities);
  sparsities.forEach((share, i) => requireSparsity(`sparsities[${i}]`, share));
  if (typeof evaluate !== 'function') {
    throw new ReaderError({
      code: 'evaluate-not-a-function',
      explain: `evaluate must be a function that scores a model; ${describe(evaluate)} came.`,
      hint: 'For example (trial) => accuracyOf(trial, x, labels).',
    });
  }
  const known = [...new Set(weightsToPrune(model).map(({ layer }) => layer))];
  const layers = options.layers ?? known;
  requireLayerNames('layers', layers, known);
  const rows: SensitivityRow[] = [];
  for (const layer of layers) {
    for (const sparsity of sparsities) {
      signal?.throwIfAborted();
      const trial = magnitudePrune(model, { [layer]: sparsity });
      try {
        const row = { layer, sparsity, score: requireScore(await evaluate(trial), layer) };
        rows.push(row);
        onProgress?.(row, rows.length, layers.length * sparsities.length);
      } finally {
        trial.dispose();
      }
    }
  }
  return rows;
}

function requireScore(score: number, layer: string): number {
  if (typeof score === 'number' && !Number.isNaN(score)) return score;
  throw new ReaderError({
    code: 'score-not-a-number',
    explain: `evaluate must give a number; with ${layer} pruned it gave ${describe(score)}.`,
    hint: 'Take the number out of a tensor with dataSync()[0].',
  });
}
