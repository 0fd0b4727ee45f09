import { chooseQuantizationParams } from '../numerics/choose-quantization-params.ts';
import type { QuantizationOptions } from '../numerics/integer-range.ts';
import { minMax, type ValueRange } from '../numerics/min-max.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';
import { nothingObserved, type Observer } from './observer.ts';

/**
 * The range from the smallest to the largest value ever seen: nothing is clipped, and one outlier sets the step
 * for all.
 *
 * min = minₜ min(xₜ), max = maxₜ max(xₜ) over the batches t.
 *
 * `new MinMax()` takes no @param; `observe(values)` takes finite numbers, `range()` gives `{min, max}`,
 * `params(options)` what {@link chooseQuantizationParams} makes of it.
 *
 * @throws ReaderError `nothing-observed` when asked before the first batch; those of `numerics.minMax` for values
 * @example
 * ```ts
 * import { calibration } from 'heavy-weights';
 *
 * const observer = new calibration.MinMax();
 * observer.observe([0.5, 2]);
 * observer.observe([-1, 1]);
 * console.log(observer.range()); // { min: -1, max: 2 }
 * console.log(observer.params().zeroPoint); // -43
 * ```
 * @see `MinMax`, tensorflow/compiler/mlir/lite/quantization/tensorflow calibration; R. Krishnamoorthi,
 *   arXiv:1806.08342, section 3.1
 */
export class MinMax implements Observer {
  #range: ValueRange | undefined;

  observe(values: ArrayLike<number>): void {
    const { min, max } = minMax(values);
    const before = this.#range ?? { min, max };
    this.#range = { min: Math.min(before.min, min), max: Math.max(before.max, max) };
  }

  range(): ValueRange {
    if (!this.#range) throw nothingObserved('MinMax');
    return { ...this.#range };
  }

  params(options?: QuantizationOptions): QuantizationParams {
    return chooseQuantizationParams(this.range(), options);
  }
}
