/**
 * Values in rising order, equal ones once, with sums up to each of them: what a run of neighbours adds up to then costs
 * the same however long it is, and clustering on a line needs nothing else.
 *
 * Runs are [from, to) in the distinct values. Sums are taken about the mean of all, so that little is lost in
 * differences.
 *
 * @internal
 */
export class SortedValues {
  /** The distinct values. */
  readonly values: Float64Array;
  /** At i: how many there are before the i-th distinct value, what they add up to, and their squares. */
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #origin: number;

  constructor(given: Float32Array | Float64Array) {
    const sorted = given.slice().sort();
    let total = 0;
    for (const value of sorted) total += value;
    this.#origin = total / sorted.length;
    let distinct = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
    }
    this.values = new Float64Array(distinct);
    this.#counts = new Float64Array(distinct + 1);
    this.#sums = new Float64Array(distinct + 1);
    this.#squares = new Float64Array(distinct + 1);
    for (let i = 0, at = -1; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) {
        at++;
        // −0 is the same value as 0.
        this.values[at] = sorted[i]! + 0;
        this.#counts[at + 1] = this.#counts[at]!;
        this.#sums[at + 1] = this.#sums[at]!;
        this.#squares[at + 1] = this.#squares[at]!;
      }
      const value = sorted[i]! - this.#origin;
      this.#counts[at + 1]!++;
      this.#sums[at + 1]! += value;
      this.#squares[at + 1]! += value * value;
    }
  }

  /** How many values the run holds, equal ones each. */
  count(from: number, to: number): number {
    return this.#counts[to]! - this.#counts[from]!;
  }

  mean(from: number, to: number): number {
    return this.#origin + (this.#sums[to]! - this.#sums[from]!) / this.count(from, to);
  }

  /** Σ (x − c)² over the run. */
  squaredDistance(from: number, to: number, center: number): number {
    const c = center - this.#origin;
    const squares = this.#squares[to]! - this.#squares[from]!;
    const sums = this.#sums[to]! - this.#sums[from]!;
    return Math.max(0, squares - 2 * c * sums + c * c * this.count(from, to));
  }

  /** The share of the values that are at most x: the cumulative distribution. */
  shareUpTo(x: number): number {
    const { values } = this;
    return (
      this.count(
        0,
        firstIndex(0, values.length, (i) => values[i]! > x),
      ) / this.size
    );
  }

  /** How many values there are, equal ones each. */
  get size(): number {
    return this.count(0, this.values.length);
  }
}

/** The first index of [from, to) at which something holds that holds from there on; `to` where it never does. @internal */
export function firstIndex(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
