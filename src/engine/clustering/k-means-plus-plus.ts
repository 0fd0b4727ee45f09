import type { Rng } from '../../shared/rng.ts';
import { firstIndex, type SortedValues } from './sorted-values.ts';

/**
 * Centroids drawn among the values, each in proportion to its squared distance from the nearest one drawn before; the
 * first uniformly. Of 3 + ⌊ln n⌋ draws for each, the one is kept that leaves the smallest sum of squared distances.
 * Where there are no more than n distinct values all are taken, and the last is repeated.
 *
 * On a line a draw changes only what lies between its neighbours, and runs of values have their sums ready: a draw
 * costs O(n + log N), not O(N).
 *
 * @returns n values in the order in which they were drawn
 * @see D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007;
 *   `KmeansPlusPlusInitializationOp`, tensorflow/core/kernels/clustering_ops.cc
 * @internal
 */
export function kMeansPlusPlus(points: SortedValues, n: number, rng: Rng): Float32Array {
  const { values } = points;
  const last = values.length - 1;
  if (n > last) return Float32Array.from({ length: n }, (_, i) => values[Math.min(i, last)]!);
  const draws = 3 + Math.floor(Math.log(n));
  const drawn: number[] = [];
  const gaps = new Gaps(points);
  for (let i = 0; i < n; i++) {
    let best = -1;
    let least = Infinity;
    for (let t = 0; t < draws; t++) {
      const index = gaps.draw(rng);
      const change = gaps.change(index);
      if (best >= 0 && change >= least) continue;
      best = index;
      least = change;
    }
    gaps.add(best);
    drawn.push(values[best]!);
  }
  return Float32Array.from(drawn);
}

/** The runs of values between those drawn, and their sums of squared distances to the nearer end. */
class Gaps {
  readonly #points: SortedValues;
  /** Indices of the values drawn, rising, between −1 and the number of values. */
  readonly #ends: number[];
  /** At g: of the run between ends g and g + 1. */
  readonly #costs: number[] = [];

  constructor(points: SortedValues) {
    this.#points = points;
    this.#ends = [-1, points.values.length];
  }

  /** The index of a value, drawn in proportion to its squared distance; the first by how often it occurs. */
  draw(rng: Rng): number {
    const points = this.#points;
    const size = points.values.length;
    if (this.#costs.length === 0) {
      const at = rng.uniform() * points.size;
      return firstIndex(0, size - 1, (i) => points.count(0, i + 1) > at);
    }
    const total = this.#costs.reduce((sum, cost) => sum + cost, 0);
    let at = rng.uniform() * total;
    for (const [gap, cost] of this.#costs.entries()) {
      const [low, high] = [this.#ends[gap]!, this.#ends[gap + 1]!];
      if (high - low < 2) continue;
      if (at < cost) {
        return firstIndex(low + 1, high - 1, (i) => this.#costUpTo(low, high, i + 1) > at);
      }
      at -= cost;
    }
    // Nothing has a distance that doubles can tell from 0: any value that has not been drawn.
    const left = this.#costs.flatMap((_, gap) => {
      const [low, high] = [this.#ends[gap]!, this.#ends[gap + 1]!];
      return high - low < 2 ? [] : [low + 1];
    });
    return left[Math.floor(rng.uniform() * left.length)]!;
  }

  /** By how much the sum of squared distances changes with one more. */
  change(index: number): number {
    const gap = this.#gapOf(index);
    const [low, high] = [this.#ends[gap]!, this.#ends[gap + 1]!];
    return this.#cost(low, index) + this.#cost(index, high) - (this.#costs[gap] ?? 0);
  }

  add(index: number): void {
    const gap = this.#gapOf(index);
    const [low, high] = [this.#ends[gap]!, this.#ends[gap + 1]!];
    this.#ends.splice(gap + 1, 0, index);
    this.#costs.splice(gap, 1, this.#cost(low, index), this.#cost(index, high));
  }

  #gapOf(index: number): number {
    return firstIndex(0, this.#ends.length, (i) => this.#ends[i]! > index) - 1;
  }

  #cost(low: number, high: number): number {
    return this.#costUpTo(low, high, high);
  }

  /** Of the values after `low` and before `end`, where the ends of the run are `low` and `high`. */
  #costUpTo(low: number, high: number, end: number): number {
    const { values } = this.#points;
    const left = values[low];
    const right = values[high];
    const split =
      left === undefined
        ? 0
        : right === undefined
          ? end
          : firstIndex(low + 1, end, (i) => right - values[i]! < values[i]! - left);
    let cost = 0;
    if (left !== undefined) cost += this.#points.squaredDistance(low + 1, split, left);
    if (right !== undefined)
      cost += this.#points.squaredDistance(Math.max(split, low + 1), end, right);
    return cost;
  }
}
