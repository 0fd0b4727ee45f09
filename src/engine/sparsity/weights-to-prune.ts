import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import type { Variable } from '../model-graph/wrapping-layer.ts';
import { describe } from '../numerics/arguments.ts';
import { prunableWeights, PRUNABLE_CLASSES, pruningOf } from './prunable-weights.ts';
import { allLayers, prunedLayers } from './pruned-layers.ts';
import { requireSparsity } from './pruning-schedule.ts';

/** A share of zeros for all layers, or one for each layer that is named. */
export type LayerSparsity = number | Readonly<Record<string, number>>;

/** One weight that pruning is for, of one layer. */
export interface WeightToPrune {
  readonly layer: string;
  readonly className: string;
  readonly variable: Variable;
  readonly shape: readonly number[];
  /** A copy. */
  readonly values: Float32Array;
}

/**
 * The weights that pruning is for, in the order of the layers: those that `pruneLowMagnitude` prunes.
 *
 * @throws ReaderError `model-not-a-model`, `model-not-built`, `model-pruned-already`, `weights-not-finite`,
 *   `nothing-to-prune`
 * @internal
 */
export function weightsToPrune(model: tf.LayersModel): WeightToPrune[] {
  requireBuiltModel(model);
  requireUnwrapped(model);
  requireFiniteWeights(model);
  const layers = allLayers(model);
  const found = layers
    .filter((layer) => pruningOf(layer) === 'prunes')
    .flatMap((layer) =>
      prunableWeights(layer).map(({ variable }) => ({
        layer: layer.name,
        className: layer.getClassName(),
        variable,
        shape: variable.shape as number[],
        values: (variable.read().dataSync() as Float32Array).slice(),
      })),
    );
  if (found.length > 0) return found;
  throw new ReaderError({
    code: 'nothing-to-prune',
    explain: 'The model has no layer whose kernel can be pruned.',
    elaborate: `Layers of these classes can: ${PRUNABLE_CLASSES.join(', ')}; its own are ${layers.map((layer) => `${layer.name} (${layer.getClassName()})`).join(', ')}.`,
  });
}

/** A model must not be wrapped for pruning. @internal */
export function requireUnwrapped(model: tf.LayersModel): void {
  const [wrapped] = prunedLayers(model);
  if (!wrapped) return;
  throw new ReaderError({
    code: 'model-pruned-already',
    explain: `The layer ${wrapped.name} is wrapped for pruning: its mask may not have been applied to its weights yet.`,
    hint: 'Call stripPruning first.',
  });
}

/** Each of the names must be one of those known. @internal */
export function requireLayerNames(
  argument: string,
  names: readonly string[],
  known: readonly string[],
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ReaderError({
    code: 'layer-unknown',
    explain: `${argument} names the layer ${unknown}; the model has none of that name whose kernel can be pruned.`,
    elaborate: `Those that can be pruned are ${known.join(', ')}.`,
  });
}

/**
 * The share of zeros for each layer; those that a record does not name are left out.
 *
 * @throws ReaderError `sparsity-out-of-range`, `layer-unknown`
 * @internal
 */
export function readLayerSparsity(
  sparsity: LayerSparsity,
  known: readonly string[],
): Map<string, number> {
  if (typeof sparsity !== 'object' || sparsity === null) {
    requireSparsity('sparsity', sparsity as number);
    return new Map(known.map((name) => [name, sparsity as number]));
  }
  if (Array.isArray(sparsity) || ArrayBuffer.isView(sparsity)) {
    throw new ReaderError({
      code: 'sparsity-out-of-range',
      explain: `sparsity must be a number, or a record of layers' names and numbers; ${describe(sparsity)} came.`,
      hint: `For example { ${known[0]!}: 0.5 }.`,
    });
  }
  const shares = Object.entries(sparsity);
  requireLayerNames('sparsity', Object.keys(sparsity), known);
  for (const [name, share] of shares) requireSparsity(`sparsity.${name}`, share);
  return new Map(shares);
}

/** 'layer' or 'global'; a share for each layer leaves nothing to be shared out. @internal */
export function requireScope(scope: 'layer' | 'global', sparsity: LayerSparsity): void {
  if (scope !== 'layer' && scope !== 'global') {
    throw new ReaderError({
      code: 'scope-unknown',
      explain: `scope must be 'layer' or 'global'; it is ${describe(scope)}.`,
    });
  }
  if (scope === 'layer' || typeof sparsity === 'number') return;
  throw new ReaderError({
    code: 'scope-and-record',
    explain:
      "With scope 'global' all layers share one sparsity, a number; sparsity is a record of layers.",
    hint: "Give one number, or leave scope at 'layer'.",
  });
}
