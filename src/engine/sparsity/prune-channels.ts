import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { cloneModel } from '../model-graph/clone-model.ts';
import { requireFiniteWeights } from '../model-graph/finite-weights.ts';
import { modelGraph } from '../model-graph/model-graph.ts';
import { channelClasses } from './channel-classes.ts';
import { channelGroups, type ChannelGroup } from './channel-groups.ts';
import { readCriterion, type ChannelCriterion } from './channel-scores.ts';
import { requireKnownOptions } from './known-options.ts';
import { keptCount } from './magnitude-mask.ts';
import { shrinkLayer } from './shrink-layer.ts';
import { readLayerSparsity, requireUnwrapped, type LayerSparsity } from './weights-to-prune.ts';

/** How many channels are cut, and which. */
export interface ChannelPruning {
  /** Share of channels that are cut, from 0 up to, but not, 1; a record of layers' names cuts those alone. */
  sparsity: LayerSparsity;
  /**
   * By what channels are compared, the least first cut: the sum of |w| of a filter ('l1', unless told), the root of
   * the sum of w² ('l2'), or a record of layers' names with a number for each output channel.
   */
  criterion?: ChannelCriterion;
}

/** A layer that was left whole. */
export interface SkippedLayer {
  layer: string;
  reason: string;
}

/** A smaller network. */
export interface ChannelsPruned {
  model: tf.LayersModel;
  /** For each layer that was to lose channels those that it lost, ascending. */
  removed: Record<string, number[]>;
  /** Layers that were to lose channels and could not. */
  skipped: SkippedLayer[];
}

/**
 * Cuts whole channels out of a trained network: what is left is smaller and dense, and faster everywhere.
 *
 * Of a layer's C output channels the k = max(round(C·(1 − sparsity)), 1) of largest score stay, of equal ones the
 * first. With a filter go its bias, its part of batch normalizations and depthwise convolutions, and what reads it in
 * the layers after, through pooling, padding, activations, dropout, Flatten, Reshape and Concatenate. Layers whose
 * outputs are added lose the same channels, by the sum of their scores (with 'l2' its root over all their weights).
 * The output of the model stays whole, and so does what a layer reads that treats channels together, such as a softmax
 * or a LayerNormalization: `skipped` says which and why.
 *
 * A channel that is cut is not one that gives 0: its bias, and what a batch normalization makes of it, go too. Train
 * for some steps after.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param options - `sparsity`; `criterion`, 'l1' unless told, 'l2', or scores by layer
 * @returns `{model, removed, skipped}`; layers keep their names; the model is not compiled
 * @throws ReaderError `sparsity-out-of-range`, `layer-unknown`, `sparsities-differ`, `criterion-unknown`,
 *   `scores-do-not-fit`, `nothing-to-prune`, `model-pruned-already`, `weights-not-finite`, `option-unknown`, and those
 *   of models that cannot be read
 * @example
 * ```ts
 * import { sparsity, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.conv2d({ filters: 20, kernelSize: 5, inputShape: [28, 28, 1], name: 'conv' }),
 *     tf.layers.flatten(),
 *     tf.layers.dense({ units: 10, name: 'answer' }),
 *   ],
 * });
 * const { model: small, removed, skipped } = sparsity.pruneChannels(model, { sparsity: 0.5 });
 * console.log(removed.conv!.length, model.countParams(), small.countParams()); // 10 115730 57870
 * console.log(skipped[0]!.layer, skipped[0]!.reason); // answer its channels are an output of the model
 * ```
 * @see H. Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017
 */
export function pruneChannels(model: tf.LayersModel, options: ChannelPruning): ChannelsPruned {
  requireKnownOptions('pruneChannels', options, ['sparsity', 'criterion'], '{ sparsity: 0.5 }');
  const graph = modelGraph(model);
  requireUnwrapped(model);
  requireFiniteWeights(model);
  const classes = channelClasses(graph);
  const groups = channelGroups(graph, classes);
  const names = groups.flatMap(({ layers }) => layers.map(({ name }) => name));
  if (names.length === 0) throw nothingToPrune(model);
  const shares = readLayerSparsity(options.sparsity, names);
  const scores = readCriterion(options.criterion ?? 'l1', names);

  const cut = new Set<number>();
  const skipped: SkippedLayer[] = [];
  for (const group of groups) {
    const share = shareOf(group, shares);
    if (share === undefined) continue;
    if (group.locked !== undefined) {
      const wanted = group.layers.filter(({ name }) => shares.has(name));
      skipped.push(...wanted.map(({ name }) => ({ layer: name, reason: group.locked! })));
    } else {
      for (const each of leastOf(group, share, scores(group))) cut.add(each);
    }
  }

  const kept = classes.of.map((ids) => [...ids.keys()].filter((i) => !cut.has(ids[i]!)));
  const isWhole = (index: number): boolean => kept[index]!.length === classes.of[index]!.length;
  const indexOf = new Map(graph.nodes.map(({ layer }, index) => [layer, index]));
  const small = cloneModel(model, (layer) => {
    const index = indexOf.get(layer);
    // The walk of a functional model makes its inputs by itself.
    const node = index === undefined ? undefined : graph.nodes[index];
    const [source = -1] = node?.inputs ?? [];
    if (!node || source < 0 || (isWhole(index!) && isWhole(source))) return undefined;
    return shrinkLayer(node, kept[source]!, kept[index!]!);
  });
  const removed = groups
    .filter((group) => group.locked === undefined && shareOf(group, shares) !== undefined)
    .flatMap(({ layers }) => layers)
    .map(({ name, ids }) => [name, [...ids.keys()].filter((i) => cut.has(ids[i]!))] as const);
  return { model: small, removed: Object.fromEntries(removed), skipped };
}

/** The share that a group loses: the one that is given for any of its layers. */
function shareOf(
  { layers }: ChannelGroup,
  shares: ReadonlyMap<string, number>,
): number | undefined {
  const given = layers.filter(({ name }) => shares.has(name));
  const [first, ...others] = given;
  if (!first) return undefined;
  const share = shares.get(first.name)!;
  const other = others.find(({ name }) => shares.get(name) !== share);
  if (!other) return share;
  throw new ReaderError({
    code: 'sparsities-differ',
    explain: `${first.name} and ${other.name} are joined by a sum and lose the same channels; sparsity gives them ${share} and ${shares.get(other.name)}.`,
    hint: 'Give both the same, or only one of them.',
  });
}

/** The classes of least score; every layer keeps a channel. */
function leastOf(
  { layers, classes }: ChannelGroup,
  share: number,
  scores: ReadonlyMap<number, number>,
): number[] {
  const count = classes.length - keptCount(classes.length, share);
  const left = layers.map(({ ids }) => ids.length);
  const inLayer = layers.map(({ ids }) => {
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  });
  // Of equal scores the last goes first: the first are kept.
  const order = classes.toReversed().toSorted((a, b) => scores.get(a)! - scores.get(b)!);
  const gone: number[] = [];
  for (const each of order) {
    if (gone.length === count) break;
    const loses = (l: number): number => inLayer[l]!.get(each) ?? 0;
    if (layers.some((_, l) => loses(l) > 0 && left[l]! - loses(l) < 1)) continue;
    layers.forEach((_, l) => (left[l] = left[l]! - loses(l)));
    gone.push(each);
  }
  return gone;
}

function nothingToPrune(model: tf.LayersModel): ReaderError {
  return new ReaderError({
    code: 'nothing-to-prune',
    explain: 'The model has no layer with channels of its own.',
    elaborate: `Its layers are ${model.layers.map((layer) => `${layer.name} (${layer.getClassName()})`).join(', ')}.`,
    hint: 'Channels are made by Conv1D, Conv2D, Dense and SeparableConv2D.',
  });
}
