import { ReaderError } from '../../shared/reader-error.ts';
import type { QuantizationOptions } from '../numerics/integer-range.ts';
import type { ValueRange } from '../numerics/min-max.ts';
import type { QuantizationParams } from '../numerics/quantization-params.ts';

/** Watches values go by, batch by batch, and says which range of them is worth an integer. */
export interface Observer {
  /** Takes in a batch: finite numbers, at least one. What it remembers does not grow with the batches. */
  observe(values: ArrayLike<number>): void;
  /** The range found so far. Some observers search it for the integers that `options` describe. */
  range(options?: QuantizationOptions): ValueRange;
  /** The scale and zero point of that range. */
  params(options?: QuantizationOptions): QuantizationParams;
}

/** What an observer throws that is asked before it has seen anything. @internal */
export function nothingObserved(observer: string): ReaderError {
  return new ReaderError({
    code: 'nothing-observed',
    explain: `${observer} has observed no values, so it knows no range.`,
    hint: 'Call observe(values) with at least one batch of the calibration data first.',
  });
}
