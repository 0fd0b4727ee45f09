import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { cloneModel, isModel } from '../model-graph/clone-model.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { requireBuiltModel } from '../model-graph/model-graph.ts';
import { describe } from '../numerics/arguments.ts';
import { ConstantSparsity } from './constant-sparsity.ts';
import { requireKnownOptions } from './known-options.ts';
import { requireMByN, type MByN } from './m-by-n-mask.ts';
import { readBlockOptions, type BlockOptions } from './magnitude-mask.ts';
import { prunableWeights, PRUNABLE_CLASSES, pruningOf } from './prunable-weights.ts';
import { allLayers } from './pruned-layers.ts';
import { isSchedule, type PruningSchedule } from './pruning-schedule.ts';
import { PruneLowMagnitude, requirePrunableShapes, type LayerPruning } from './pruning-wrapper.ts';
import { wrapForPruning, wrappedClone } from './wrap-for-pruning.ts';

/** How a model is pruned while it trains. */
export interface PruningOptions extends BlockOptions {
  /**
   * When, and how far; a record of layers' names prunes those alone, each by its own. Half the weights from step 0 on
   * unless told, so that the first pruning is at step 100.
   */
  pruningSchedule?: PruningSchedule | Record<string, PruningSchedule>;
  /** [m, n]: m zeros in every n along the input channels, chosen once, at step 1, and not by the schedule. */
  sparsityMByN?: MByN | null;
}

/** Of a model a model, of a layer a layer. */
export type Pruned<T> = T extends tf.LayersModel ? tf.LayersModel : tf.layers.Layer;

const OPTIONS = ['pruningSchedule', 'blockSize', 'blockPoolingType', 'sparsityMByN'];

/**
 * Makes a model, or a layer, whose smallest weights are pruned while it trains.
 *
 * Before every pass, in inference too, each kernel becomes kernel·mask: the product is assigned to the variable, so
 * that gradients are not masked and a pruned weight can grow back until the next pass. At the training steps that the
 * schedule names, counted from 1, the mask is found anew as {@link magnitudeMask} finds it. Kernels are pruned, of
 * SeparableConv2D the pointwise one; biases, BatchNormalization and DepthwiseConv2D are not.
 *
 * Train it with the callback {@link UpdatePruningStep}; it saves and loads like any other, and goes on at the step at
 * which it was saved. {@link stripPruning} gives the plain model with its zeros.
 *
 * @param modelOrLayer - a built Sequential or functional model, models nested in it too, or one layer; it is left as
 *   it is
 * @param options - `pruningSchedule`, `blockSize`, `blockPoolingType`, `sparsityMByN`
 * @returns a new model, not compiled, or a new layer; names of layers get the prefix `prune_low_magnitude_`
 * @throws ReaderError `model-not-a-model`, `model-not-built`, `model-pruned-already`, `layer-unsupported`,
 *   `layer-unknown`, `nothing-to-prune`, `weights-not-finite`, `pruning-schedule-invalid`, `block-size-rank`,
 *   `m-by-n-rank`, `m-not-below-n`, `not-a-pair`, `not-an-integer-in-range`, `block-pooling-type-unknown`,
 *   `option-unknown`; in training without the callback `pruning-step-not-updated`
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 10, inputShape: [10], name: 'answer' })],
 * });
 * const pruned = sparsity.pruneLowMagnitude(model, {
 *   pruningSchedule: new sparsity.ConstantSparsity({ targetSparsity: 0.7, beginStep: 1, frequency: 1 }),
 * });
 * pruned.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
 * const callbacks = [new sparsity.UpdatePruningStep()];
 * await pruned.fit(tf.ones([8, 10]), tf.ones([8, 10]), { epochs: 1, verbose: 0, callbacks });
 * const [kernel] = sparsity.stripPruning(pruned).getLayer('answer').getWeights();
 * console.log(kernel!.dataSync().filter((weight) => weight === 0).length); // 70
 * ```
 * @see `prune_low_magnitude`, tensorflow_model_optimization/python/core/sparsity/keras/prune.py and
 *   pruning_wrapper.py; M. Zhu, S. Gupta, "To prune, or not to prune", arXiv:1710.01878, 2017
 */
export function pruneLowMagnitude<T extends tf.LayersModel | tf.layers.Layer>(
  modelOrLayer: T,
  options: PruningOptions = {},
): Pruned<T> {
  requireKnownOptions('pruneLowMagnitude', options, OPTIONS, '{ blockSize: [2, 2] }');
  const {
    pruningSchedule = new ConstantSparsity({ targetSparsity: 0.5, beginStep: 0 }),
    sparsityMByN = null,
  } = options;
  const blocks = readBlockOptions(options);
  if (sparsityMByN) requireMByN('sparsityMByN', sparsityMByN);
  const by: PruningBy = (schedule) => ({
    pruningSchedule: schedule,
    ...blocks,
    sparsityMByN,
  });

  const isLayer = modelOrLayer instanceof tf.layers.Layer && !isModel(modelOrLayer);
  const pruned = isLayer
    ? pruneLayer(modelOrLayer, pruningSchedule, by)
    : pruneModel(modelOrLayer as tf.LayersModel, pruningSchedule, by);
  return pruned as Pruned<T>;
}

type Schedules = NonNullable<PruningOptions['pruningSchedule']>;
type PruningBy = (schedule: PruningSchedule) => LayerPruning;

function pruneLayer(layer: tf.layers.Layer, schedule: Schedules, by: PruningBy): tf.layers.Layer {
  if (!isSchedule(schedule)) throw invalidSchedule('pruningSchedule', schedule);
  requireFresh(layer);
  if (pruningOf(layer) !== 'prunes') throw unsupported(layer);
  return wrapForPruning(layer, by(schedule));
}

function pruneModel(model: tf.LayersModel, given: Schedules, by: PruningBy): tf.LayersModel {
  requireBuiltModel(model);
  requireFiniteWeights(model);
  const schedules = schedulesOf(allLayers(model), given);
  for (const [layer, schedule] of schedules) {
    requirePrunableShapes(layer.name, prunableWeights(layer), by(schedule));
  }
  return cloneModel(model, (layer) => {
    const schedule = schedules.get(layer);
    return schedule && wrappedClone(layer, by(schedule));
  });
}

/** The layers that are pruned, each with its schedule. */
function schedulesOf(
  layers: readonly tf.layers.Layer[],
  given: Schedules,
): Map<tf.layers.Layer, PruningSchedule> {
  layers.forEach(requireFresh);
  const prunable = layers.filter((layer) => pruningOf(layer) === 'prunes');
  if (isSchedule(given)) {
    const stranger = layers.find((layer) => pruningOf(layer) === 'unsupported');
    if (stranger) throw unsupported(stranger, prunable);
    if (prunable.length === 0) throw nothingToPrune(layers);
    return new Map(prunable.map((layer) => [layer, given]));
  }
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw invalidSchedule('pruningSchedule', given);
  }
  const chosen = new Map<tf.layers.Layer, PruningSchedule>();
  for (const [name, schedule] of Object.entries(given)) {
    if (!isSchedule(schedule)) throw invalidSchedule(`pruningSchedule.${name}`, schedule);
    const named = layers.filter((layer) => layer.name === name);
    if (named.length === 0) throw unknownLayer(name, prunable);
    for (const layer of named) {
      if (!prunable.includes(layer)) throw unsupported(layer, prunable);
      chosen.set(layer, schedule);
    }
  }
  if (chosen.size === 0) throw invalidSchedule('pruningSchedule', given);
  return chosen;
}

function requireFresh(layer: tf.layers.Layer): void {
  if (!(layer instanceof PruneLowMagnitude)) return;
  throw new ReaderError({
    code: 'model-pruned-already',
    explain: `The layer ${layer.name} is wrapped for pruning already.`,
    hint: 'Train it as it is, or call stripPruning first.',
  });
}

const namesOf = (layers: readonly tf.layers.Layer[]): string =>
  layers.map(({ name }) => name).join(', ');

function unsupported(
  layer: tf.layers.Layer,
  prunable: readonly tf.layers.Layer[] = [],
): ReaderError {
  return new ReaderError({
    code: 'layer-unsupported',
    explain: `The layer ${layer.name} (${layer.getClassName()}) cannot be pruned.`,
    elaborate: `Layers of these classes can: ${PRUNABLE_CLASSES.join(', ')}; recurrent ones that neither are stateful nor return their state.`,
    hint:
      prunable.length > 0
        ? `Leave it alone: name the layers to prune, as in pruningSchedule: { ${prunable[0]!.name}: schedule }. Those that can be pruned are ${namesOf(prunable)}.`
        : 'Leave it as it is.',
  });
}

function unknownLayer(name: string, prunable: readonly tf.layers.Layer[]): ReaderError {
  return new ReaderError({
    code: 'layer-unknown',
    explain: `pruningSchedule names the layer ${name}, which the model does not have.`,
    elaborate: `Layers that can be pruned are ${namesOf(prunable)}.`,
  });
}

function nothingToPrune(layers: readonly tf.layers.Layer[]): ReaderError {
  return new ReaderError({
    code: 'nothing-to-prune',
    explain: 'The model has no layer whose kernel can be pruned.',
    elaborate: `Layers of these classes can: ${PRUNABLE_CLASSES.join(', ')}; its own are ${namesOf(layers)}.`,
  });
}

function invalidSchedule(name: string, given: unknown): ReaderError {
  return new ReaderError({
    code: 'pruning-schedule-invalid',
    explain: `${name} must be a schedule, an object with a method at(step); ${describe(given)} came.`,
    elaborate:
      name === 'pruningSchedule'
        ? "For a model it may be a record of layers' names and schedules, with one name at least."
        : undefined,
    hint: 'For example new sparsity.ConstantSparsity({ targetSparsity: 0.5, beginStep: 0 }).',
  });
}
