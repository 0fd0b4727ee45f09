import { chooseQuantizationParams } from '../numerics/choose-quantization-params.ts';
import { integerRange, type QuantizationOptions } from '../numerics/integer-range.ts';
import type { ValueRange } from '../numerics/min-max.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';
import { nothingObserved, type Observer } from './observer.ts';
import { StreamingHistogram } from './streaming-histogram.ts';

/** Values standing in for none where the coarse distribution has none: the logarithm must be finite. */
const SMOOTHING = 1e-4;
/** Thresholds tried, spread evenly. */
const CANDIDATES = 256;

/**
 * The clipping threshold that loses the least information: the one whose coarse distribution is nearest to the
 * fine one in the sense of Kullback and Leibler.
 *
 * For each threshold t: P is the histogram of the values in [−t, t], with all that lies outside added to its
 * outermost bins; Q is the same stretch without them, its bins merged to as many as there are integers and each
 * count spread evenly over those of its bins that P does not have empty. The t with the least
 * KL(P‖Q) = Σ P·ln(P/Q) is taken. Values of one sign only are searched on their side of 0. Exact zeros are left
 * out: every quantization holds them. The number of integers is that of the `options` given to `range` or
 * `params`: 2^numBits.
 *
 * `new Entropy()` takes no @param; `observe(values)` takes finite numbers.
 *
 * @throws ReaderError `nothing-observed` when asked before the first batch; `value-not-finite`, `array-empty` or
 *   `not-an-array-of-numbers` for values
 * @example
 * ```ts
 * import { calibration, createRng } from 'heavy-weights';
 *
 * const observer = new calibration.Entropy();
 * observer.observe(createRng(221).normals(100000));
 * observer.observe([40]);
 * console.log(observer.range().max < 10); // true
 * ```
 * @see S. Migacz, "8-bit Inference with TensorRT", GTC 2017; `_get_optimal_threshold`, Apache MXNet
 *   contrib/quantization.py
 */
export class Entropy implements Observer {
  readonly #histogram = new StreamingHistogram();

  observe(values: ArrayLike<number>): void {
    this.#histogram.add(values);
  }

  range(options: QuantizationOptions = {}): ValueRange {
    const histogram = this.#histogram;
    if (histogram.total === 0) throw nothingObserved('Entropy');
    const { numBits } = integerRange(options);
    const { min, max } = histogram.range;
    const { width, first, counts } = histogram.bins;
    if (counts.length < 2) return { min, max };
    const low = Math.min(first, 0);
    const high = Math.max(first + counts.length, 0);
    const reach = Math.max(-low, high);
    const bins = new Float64Array(2 * reach);
    bins.set(counts, first + reach);
    // One-sided data have all integers on their side.
    const oneSided = min >= 0 || max <= 0;
    const levels = 2 ** numBits;
    const fewest = Math.min(reach, oneSided ? levels : levels / 2);
    const stride = Math.max(1, Math.floor((reach - fewest) / CANDIDATES));
    let best = reach;
    let least = Infinity;
    for (let t = reach; t >= fewest; t -= stride) {
      const from = min >= 0 ? reach : reach - t;
      const to = max <= 0 ? reach : reach + t;
      const divergence = divergenceOf(bins, from, to, levels);
      if (divergence < least) {
        least = divergence;
        best = t;
      }
    }
    return { min: Math.max(min, -best * width), max: Math.min(max, best * width) };
  }

  params(options: QuantizationOptions = {}): QuantizationParams {
    return chooseQuantizationParams(this.range(options), options);
  }
}

/** KL(P‖Q) for the stretch from … to − 1 of the bins, merged to `levels`. */
function divergenceOf(bins: Float64Array, from: number, to: number, levels: number): number {
  const size = to - from;
  let before = 0;
  let after = 0;
  for (let i = 0; i < from; i++) before += bins[i]!;
  for (let i = to; i < bins.length; i++) after += bins[i]!;
  const p = (i: number): number =>
    bins[from + i]! + (i === 0 ? before : 0) + (i === size - 1 ? after : 0);
  const q = new Float64Array(size);
  let total = 0;
  let coarse = 0;
  for (let level = 0; level < levels; level++) {
    const start = Math.floor((level * size) / levels);
    const end = Math.floor(((level + 1) * size) / levels);
    let sum = 0;
    let filled = 0;
    for (let i = start; i < end; i++) {
      sum += bins[from + i]!;
      if (p(i) > 0) filled++;
    }
    for (let i = start; i < end; i++) {
      if (p(i) === 0) continue;
      q[i] = Math.max(sum / filled, SMOOTHING);
      coarse += q[i]!;
      total += p(i);
    }
  }
  let divergence = 0;
  for (let i = 0; i < size; i++) {
    const share = p(i) / total;
    if (share > 0) divergence += share * Math.log((share * coarse) / q[i]!);
  }
  return divergence;
}
