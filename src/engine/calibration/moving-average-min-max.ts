import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';
import { chooseQuantizationParams } from '../numerics/choose-quantization-params.ts';
import type { QuantizationOptions } from '../numerics/integer-range.ts';
import { minMax, type ValueRange } from '../numerics/min-max.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';
import { nothingObserved, type Observer } from './observer.ts';

/** How slowly the average follows, and where it starts. */
export interface MovingAverageOptions {
  /** Share of the old range that stays at each batch: above 0, below 1; 0.999 unless told. */
  decay?: number;
  /** Where the average starts. That of the first batch unless told. */
  initialRange?: ValueRange;
}

/**
 * The exponential moving average of each batch's smallest and largest value: a batch that is out of the way
 * moves it little. For training, where the weights drift and old ranges should fade.
 *
 * min ← d·min + (1 − d)·min(xₜ), max ← d·max + (1 − d)·max(xₜ), with d = 0.999 unless told. It starts with the
 * range of the first batch, or with `initialRange`: TFMOT's quantizers start at ±6.
 *
 * @param options - `decay` in (0, 1), `initialRange` `{min, max}`
 * @throws ReaderError `decay-not-a-share`; `nothing-observed` when asked before the first batch; those of
 *   `numerics.minMax` for values
 * @example
 * ```ts
 * import { calibration } from 'heavy-weights';
 *
 * const observer = new calibration.MovingAverageMinMax({ decay: 0.75 });
 * observer.observe([-4, 8]);
 * observer.observe([-8, 4]);
 * console.log(observer.range()); // { min: -5, max: 7 }
 * ```
 * @see B. Jacob et al., CVPR 2018, section 3.1; `MovingAverageQuantizer`, TFMOT quantizers.py
 */
export class MovingAverageMinMax implements Observer {
  readonly #decay: number;
  #range: ValueRange | undefined;

  constructor({ decay = 0.999, initialRange }: MovingAverageOptions = {}) {
    if (typeof decay !== 'number' || !(decay > 0 && decay < 1)) {
      throw new ReaderError({
        code: 'decay-not-a-share',
        explain: `decay must lie between 0 and 1; it is ${describe(decay)}.`,
        hint: 'It is the share of the old range that stays: 0.999 for long training, 0.9 for some dozens of batches.',
      });
    }
    this.#decay = decay;
    // The checks of a range are those of the function that takes ranges.
    if (initialRange) chooseQuantizationParams(initialRange);
    this.#range = initialRange && { ...initialRange };
  }

  observe(values: ArrayLike<number>): void {
    const { min, max } = minMax(values);
    const before = this.#range ?? { min, max };
    const mix = (old: number, now: number): number => this.#decay * old + (1 - this.#decay) * now;
    this.#range = { min: mix(before.min, min), max: mix(before.max, max) };
  }

  range(): ValueRange {
    if (!this.#range) throw nothingObserved('MovingAverageMinMax');
    return { ...this.#range };
  }

  params(options?: QuantizationOptions): QuantizationParams {
    return chooseQuantizationParams(this.range(), options);
  }
}
