import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireFiniteArray } from '../numerics/arguments.ts';
import type { ChannelGroup, ChannelMaker } from './channel-groups.ts';
import { requireLayerNames } from './weights-to-prune.ts';

/** By what channels are compared. */
export type ChannelCriterion = 'l1' | 'l2' | Readonly<Record<string, ArrayLike<number>>>;

/** The score of each class of a group. */
export type ChannelScores = (group: ChannelGroup) => Map<number, number>;

/**
 * How channels are scored.
 *
 * @throws ReaderError `criterion-unknown`, `layer-unknown`, and when it scores `scores-do-not-fit`, `value-not-finite`
 * @internal
 */
export function readCriterion(
  criterion: ChannelCriterion,
  known: readonly string[],
): ChannelScores {
  if (criterion === 'l1') return (group) => summed(group, (kernel) => norms(kernel, Math.abs));
  // The root of the sum is left out: it would change no order.
  if (criterion === 'l2') return (group) => summed(group, (maker) => norms(maker, (w) => w * w));
  const given: unknown = criterion;
  if (
    typeof given !== 'object' ||
    given === null ||
    Array.isArray(given) ||
    ArrayBuffer.isView(given)
  ) {
    throw new ReaderError({
      code: 'criterion-unknown',
      explain: `criterion must be 'l1', 'l2', or a record of layers' names and scores; ${describe(given)} came.`,
    });
  }
  requireLayerNames('criterion', Object.keys(criterion), known);
  return (group) => summed(group, (maker) => givenScores(maker, criterion));
}

/** Of each class the sum over its channels in all layers. */
function summed(
  { layers }: ChannelGroup,
  score: (maker: ChannelMaker) => ArrayLike<number>,
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const maker of layers) {
    const own = score(maker);
    maker.ids.forEach((id, i) => sums.set(id, (sums.get(id) ?? 0) + own[i]!));
  }
  return sums;
}

/** Σ f(w) over the weights that make each output channel. */
function norms({ kernel }: ChannelMaker, f: (w: number) => number): Float64Array {
  const { values, channels } = kernel;
  const sums = new Float64Array(channels);
  for (let from = 0; from < values.length; from += channels) {
    for (let j = 0; j < channels; j++) sums[j] = sums[j]! + f(values[from + j]!);
  }
  return sums;
}

function givenScores(
  { name, kernel }: ChannelMaker,
  criterion: Readonly<Record<string, ArrayLike<number>>>,
): ArrayLike<number> {
  const scores = criterion[name];
  if (scores?.length !== kernel.channels) {
    throw new ReaderError({
      code: 'scores-do-not-fit',
      explain: `criterion must give ${name} a score for each of its ${kernel.channels} output channels; it gives ${scores === undefined ? 'none' : scores.length}.`,
    });
  }
  requireFiniteArray(`criterion.${name}`, scores);
  return scores;
}
