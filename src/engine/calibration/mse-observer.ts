import { chooseQuantizationParams } from '../numerics/choose-quantization-params.ts';
import { integerRange, type QuantizationOptions } from '../numerics/integer-range.ts';
import type { ValueRange } from '../numerics/min-max.ts';
import { paramsForRange } from '../numerics/params-for-range.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';
import { nothingObserved, type Observer } from './observer.ts';
import { StreamingHistogram, type HistogramBins } from './streaming-histogram.ts';

/** Shares of the full range that are tried for each end. */
const CANDIDATES = 100;
/** Rounds in which the two ends are searched in turn. */
const ROUNDS = 2;

/**
 * The range with the least mean squared error between values and what quantization leaves of them: finer steps
 * inside against clipping outside.
 *
 * Minimised over the two ends: E = Σ over bins of count·mean((x − x̂)²), where x̂ is x rounded to the scale and
 * zero point of the range, clipped to their reach, and the values of a bin count as spread evenly over it: the
 * integral is taken exactly. First both ends shrink together, then each by itself. The integers are those of the
 * `options` given to `range` or `params`: for fewer bits the range is narrower.
 *
 * `new Mse()` takes no @param; `observe(values)` takes finite numbers.
 *
 * @throws ReaderError `nothing-observed` when asked before the first batch; `value-not-finite`, `array-empty` or
 *   `not-an-array-of-numbers` for values
 * @example
 * ```ts
 * import { calibration, createRng } from 'heavy-weights';
 *
 * const observer = new calibration.Mse();
 * observer.observe(createRng(221).normals(100000));
 * observer.observe([40]);
 * console.log(observer.range({ numBits: 8 }).max > observer.range({ numBits: 4 }).max); // true
 * ```
 * @see R. Banner et al., "Post training 4-bit quantization of convolutional networks for rapid-deployment",
 *   NeurIPS 2019; M. Nagel et al., arXiv:2106.08295, section 3.1
 */
export class Mse implements Observer {
  readonly #histogram = new StreamingHistogram();

  observe(values: ArrayLike<number>): void {
    this.#histogram.add(values);
  }

  range(options: QuantizationOptions = {}): ValueRange {
    const histogram = this.#histogram;
    if (histogram.total === 0) throw nothingObserved('Mse');
    const integers = integerRange(options);
    const whole = {
      min: Math.min(histogram.range.min, 0),
      max: Math.max(histogram.range.max, 0),
    };
    const { bins } = histogram;
    const error = (min: number, max: number): number => {
      const symmetric = options.symmetric ?? false;
      const { scale, zeroPoint } = paramsForRange({ min, max }, integers, symmetric);
      return squaredError(bins, scale, integers.qmin - zeroPoint, integers.qmax - zeroPoint);
    };
    let best = { ...whole };
    let least = error(best.min, best.max);
    const attempt = (min: number, max: number): void => {
      const found = error(min, max);
      if (found < least) {
        least = found;
        best = { min, max };
      }
    };
    const shares = Array.from({ length: CANDIDATES }, (_, i) => (CANDIDATES - i) / CANDIDATES);
    for (const share of shares) attempt(whole.min * share, whole.max * share);
    for (let round = 0; round < ROUNDS; round++) {
      for (const share of shares) attempt(whole.min * share, best.max);
      for (const share of shares) attempt(best.min, whole.max * share);
    }
    return best;
  }

  params(options: QuantizationOptions = {}): QuantizationParams {
    return chooseQuantizationParams(this.range(options), options);
  }
}

/** Σ count·mean of (x − x̂)² over the bins; the integers lie at multiples lowest … highest of the scale. */
function squaredError(
  { width, first, counts }: HistogramBins,
  scale: number,
  lowest: number,
  highest: number,
): number {
  const perBin = width / scale;
  const integralTo = (u: number): number => errorIntegral(u, lowest, highest);
  let sum = 0;
  let start = integralTo(first * perBin);
  for (let i = 0; i < counts.length; i++) {
    const end = integralTo((first + i + 1) * perBin);
    sum += counts[i]! * (end - start);
    start = end;
  }
  return (sum / perBin) * scale ** 2;
}

/**
 * The integral of the squared rounding error from the integer 0 to u, in units of the scale. Each whole step
 * adds 1/12; beyond the outermost integers the error grows with the distance.
 */
function errorIntegral(u: number, lowest: number, highest: number): number {
  const nearest = Math.min(highest, Math.max(lowest, Math.round(u)));
  return nearest / 12 + (u - nearest) ** 3 / 3;
}
