import { requireFiniteArray } from '../numerics/arguments.ts';
import type { ValueRange } from '../numerics/min-max.ts';

/** Bins at most; at least half of them are within the data's range. */
const MOST_BINS = 4096;

/** A stretch of equal bins: bin i holds `counts[i]` values from `(first + i)·width` to `(first + i + 1)·width`. */
export interface HistogramBins {
  /** A power of two. */
  readonly width: number;
  /** Number of the first bin, counted from that which starts at 0. */
  readonly first: number;
  readonly counts: Float64Array;
}

/**
 * Counts a stream of values in bins whose width is a power of two and whose edges are multiples of it. A value
 * outside doubles the width until it fits, and two neighbours become one exactly: so the histogram depends on
 * the values alone and not on their order or their batches, and its memory is bounded. Exact zeros are counted
 * by themselves: they cost nothing in any quantization, and after a ReLU they are many.
 *
 * @internal
 */
export class StreamingHistogram {
  #exponent = 0;
  #first = 0;
  #counts = new Float64Array(0);
  #total = 0;
  #zeros = 0;
  #min = Infinity;
  #max = -Infinity;

  /** Values seen. */
  get total(): number {
    return this.#total;
  }

  /** Of them exact zeros, which are in no bin. */
  get zeros(): number {
    return this.#zeros;
  }

  /** From the smallest to the largest value seen. */
  get range(): ValueRange {
    return { min: this.#min, max: this.#max };
  }

  get bins(): HistogramBins {
    return { width: 2 ** this.#exponent, first: this.#first, counts: this.#counts };
  }

  add(values: ArrayLike<number>): void {
    requireFiniteArray('values', values);
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    if (this.#min !== 0 || this.#max !== 0) this.#fit();
    // Multiplying by a power of two is exact, as dividing by it would be.
    const scale = 2 ** -this.#exponent;
    const first = this.#first;
    const counts = this.#counts;
    let zeros = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === 0) zeros++;
      else {
        const bin = Math.floor(value * scale) - first;
        counts[bin] = counts[bin]! + 1;
      }
    }
    this.#zeros += zeros;
    this.#total += values.length;
  }

  /** Widens the bins until they hold everything from min to max, and moves the counts over. */
  #fit(): void {
    const min = this.#min;
    const max = this.#max;
    const fits = (exponent: number): boolean =>
      Math.floor(max * 2 ** -exponent) - Math.floor(min * 2 ** -exponent) < MOST_BINS;
    const wasEmpty = this.#counts.length === 0;
    // The narrowest that keeps the numbers of the bins exact, also when all values are equal.
    const finest = Math.floor(Math.log2(Math.max(-min, max))) - 40;
    let exponent = wasEmpty
      ? Math.max(finest, Math.floor(Math.log2((max - min) / MOST_BINS || 2 ** finest)) - 1)
      : this.#exponent;
    while (!fits(exponent)) exponent++;
    const first = Math.floor(min * 2 ** -exponent);
    const last = Math.floor(max * 2 ** -exponent);
    if (!wasEmpty && exponent === this.#exponent && first === this.#first) {
      if (last - first < this.#counts.length) return;
    }
    const counts = new Float64Array(last - first + 1);
    const halvings = 2 ** (exponent - this.#exponent);
    this.#counts.forEach((count, i) => {
      const bin = Math.floor((this.#first + i) / halvings) - first;
      counts[bin] = counts[bin]! + count;
    });
    this.#counts = counts;
    this.#first = first;
    this.#exponent = exponent;
  }
}
