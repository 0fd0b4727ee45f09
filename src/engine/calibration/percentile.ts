import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';
import { chooseQuantizationParams } from '../numerics/choose-quantization-params.ts';
import type { QuantizationOptions } from '../numerics/integer-range.ts';
import type { ValueRange } from '../numerics/min-max.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';
import { nothingObserved, type Observer } from './observer.ts';
import { StreamingHistogram } from './streaming-histogram.ts';

/** How much of the values is kept. */
export interface PercentileOptions {
  /** Per cent of the values inside the range: above 0, at most 100; 99.99 unless told. */
  percentile?: number;
}

/**
 * The range that keeps the given share of all values and clips the rest, half of it at each end.
 *
 * min = Q((1 − p)/2), max = Q((1 + p)/2) with p = percentile/100 and Q the quantile function, read off a
 * histogram of 2,048 to 4,096 bins over the data's range and interpolated within a bin: exact to one bin.
 *
 * @param options - `percentile`, 99.99 unless told
 * @throws ReaderError `percentile-out-of-range`; `nothing-observed` when asked before the first batch;
 *   `value-not-finite`, `array-empty` or `not-an-array-of-numbers` for values
 * @example
 * ```ts
 * import { calibration } from 'heavy-weights';
 *
 * const observer = new calibration.Percentile({ percentile: 99 });
 * observer.observe(Array.from({ length: 1000 }, (_, i) => i / 1000));
 * observer.observe([50]);
 * console.log(observer.range().max < 1.01); // true
 * ```
 * @see J. L. McKinstry et al., arXiv:1809.04191; `PercentileCalibrater`, onnxruntime quantization/calibrate.py,
 *   which cuts half at each end too
 */
export class Percentile implements Observer {
  readonly #share: number;
  readonly #histogram = new StreamingHistogram();

  constructor({ percentile = 99.99 }: PercentileOptions = {}) {
    if (typeof percentile !== 'number' || !(percentile > 0 && percentile <= 100)) {
      throw new ReaderError({
        code: 'percentile-out-of-range',
        explain: `percentile must be above 0 and at most 100; it is ${describe(percentile)}.`,
        hint: '99.99 clips one value of ten thousand; it is per cent, not a share.',
      });
    }
    this.#share = percentile / 100;
  }

  observe(values: ArrayLike<number>): void {
    this.#histogram.add(values);
  }

  range(): ValueRange {
    if (this.#histogram.total === 0) throw nothingObserved('Percentile');
    return {
      min: quantile(this.#histogram, (1 - this.#share) / 2),
      max: quantile(this.#histogram, (1 + this.#share) / 2),
    };
  }

  params(options?: QuantizationOptions): QuantizationParams {
    return chooseQuantizationParams(this.range(), options);
  }
}

/** The value below which a share of all values lies. */
function quantile(histogram: StreamingHistogram, share: number): number {
  const { width, first, counts } = histogram.bins;
  const { min, max } = histogram.range;
  const wanted = share * histogram.total;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    if (first + i === 0) {
      // Exact zeros stand at the lower edge of the first bin that is not negative.
      if (below + histogram.zeros >= wanted && wanted > below) return 0;
      below += histogram.zeros;
    }
    const count = counts[i]!;
    if (count > 0 && below + count >= wanted) {
      const value = (first + i + (wanted - below) / count) * width;
      return Math.min(max, Math.max(min, value));
    }
    below += count;
  }
  return max;
}
