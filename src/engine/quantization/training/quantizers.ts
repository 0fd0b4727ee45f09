import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { fakeQuant, fakeQuantPerChannel } from '../../fake-quantization/fake-quant.ts';
import { describe, requireInteger } from '../../numerics/arguments.ts';

/** What a quantizer simulates. */
export interface QuantizerOptions {
  /** 2 … 16; 8 unless told. */
  numBits?: number;
  /** The axis along which each index has a range of its own; one range for all unless told. */
  perAxis?: number | null;
  /** As far below 0 as above; false unless told. */
  symmetric?: boolean;
  /** Leave the smallest integer unused; false unless told. */
  narrowRange?: boolean;
}

/** Lower and upper end: scalars, or one number for each index of the axis. */
export interface TensorRange {
  min: tf.Tensor;
  max: tf.Tensor;
}

/** How a range follows what it sees: what is saved with a model. */
export interface QuantizerConfig extends Required<QuantizerOptions> {
  kind: 'lastValue' | 'movingAverage' | 'allValues';
  /** Of a moving average. */
  decay: number;
}

/** Finds a range while a network trains, and rounds to it. @internal */
export abstract class Quantizer {
  readonly config: QuantizerConfig;

  constructor(kind: QuantizerConfig['kind'], options: QuantizerOptions, decay = 0) {
    const { numBits = 8, perAxis = null, symmetric = false, narrowRange = false } = options;
    requireInteger('numBits', numBits, 2, 16);
    if (perAxis !== null) requireInteger('perAxis', perAxis, -8, 7);
    for (const [name, value] of Object.entries({ symmetric, narrowRange })) {
      if (typeof value === 'boolean') continue;
      throw new ReaderError({
        code: 'option-not-boolean',
        explain: `the option ${name} must be true or false; it is ${describe(value)}.`,
      });
    }
    this.config = { kind, numBits, perAxis, symmetric, narrowRange, decay };
  }

  /** Where ranges start when nothing else is said. */
  abstract readonly initialRange: { min: number; max: number };

  /** The range after one more tensor. Gradients do not flow through it. */
  abstract next(range: TensorRange, x: tf.Tensor): TensorRange;

  /** The tensor rounded to the range. */
  quantize<T extends tf.Tensor>(x: T, { min, max }: TensorRange): T {
    const { numBits, narrowRange, perAxis } = this.config;
    if (perAxis === null) return fakeQuant(x, min, max, { numBits, narrowRange });
    return fakeQuantPerChannel(x, min, max, { numBits, narrowRange, axis: perAxis });
  }

  /** Shape of a range for a tensor. */
  rangeShape(shape: readonly number[]): number[] {
    const { perAxis } = this.config;
    return perAxis === null ? [] : [shape.at(perAxis)!];
  }

  /** Smallest and largest of one tensor, 0 among them, made symmetric if that is asked. */
  protected rangeOf(x: tf.Tensor): TensorRange {
    const { perAxis } = this.config;
    const front = perAxis === null ? -1 : perAxis < 0 ? perAxis + x.rank : perAxis;
    const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== front);
    return this.widen({ min: tf.min(x, axes), max: tf.max(x, axes) });
  }

  /**
   * With the integers −2^(b−1) … 2^(b−1) − 1 a symmetric range reaches further down than up: min/max is
   * −2^b/(2^b − 2); in a narrow range it is −1.
   */
  protected widen({ min, max }: TensorRange): TensorRange {
    const { symmetric, narrowRange, numBits } = this.config;
    if (!symmetric) return { min: tf.minimum(min, 0), max: tf.maximum(max, 0) };
    const ratio = narrowRange ? -1 : -(2 ** numBits - 2) / 2 ** numBits;
    return {
      min: tf.minimum(min, tf.div(max, ratio)),
      max: tf.maximum(max, tf.mul(min, ratio)),
    };
  }
}

/**
 * Takes the range of the tensor it has seen last: for weights, which are all there at every step.
 *
 * min = min(x), max = max(x), 0 among them; symmetric: max(−min, max) on both sides.
 *
 * `new LastValueQuantizer(options)` takes @param options - `numBits`, `perAxis`, `symmetric`, `narrowRange`; `next(range,
 * x)` gives the new range, `quantize(x, range)` the tensor rounded to it.
 *
 * @throws ReaderError `not-an-integer-in-range`, `option-not-boolean`
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const quantizer = new quantization.LastValueQuantizer({ numBits: 4, symmetric: true, narrowRange: true });
 * const range = quantizer.next({ min: tf.scalar(0), max: tf.scalar(0) }, tf.tensor1d([-0.7, 0.33]));
 * console.log(range.max.dataSync()[0]!.toFixed(1)); // 0.7
 * console.log(quantizer.quantize(tf.tensor1d([0.33]), range).dataSync()[0]!.toFixed(1)); // 0.3
 * ```
 * @see `LastValueQuantizer`, tensorflow_model_optimization/python/core/quantization/keras/quantizers.py
 */
export class LastValueQuantizer extends Quantizer {
  readonly initialRange = { min: -6, max: 6 };

  constructor(options: QuantizerOptions = {}) {
    super('lastValue', options);
  }

  next(_: TensorRange, x: tf.Tensor): TensorRange {
    return this.rangeOf(x);
  }
}

/**
 * Lets the range follow that of each batch slowly: for activations, which every batch shows a part of.
 *
 * min ← d·min + (1 − d)·min(x) with d = 0.999, and max likewise; it starts at ±6. After 469 steps 63 % of the start
 * is still in it.
 *
 * `new MovingAverageQuantizer(options)` takes @param options - `numBits`, `perAxis`, `symmetric`, `narrowRange`; and
 * the decay d as a second argument, 0 … 1.
 *
 * @throws ReaderError `not-an-integer-in-range`, `option-not-boolean`, `decay-out-of-range`
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const quantizer = new quantization.MovingAverageQuantizer();
 * const range = quantizer.next({ min: tf.scalar(-6), max: tf.scalar(6) }, tf.tensor1d([-1, 2]));
 * console.log(range.max.dataSync()[0]!.toFixed(3)); // 5.996
 * ```
 * @see `MovingAverageQuantizer`, tensorflow_model_optimization/python/core/quantization/keras/quantizers.py
 */
export class MovingAverageQuantizer extends Quantizer {
  readonly initialRange = { min: -6, max: 6 };

  constructor(options: QuantizerOptions = {}, decay = 0.999) {
    if (typeof decay !== 'number' || !(decay >= 0 && decay < 1)) {
      throw new ReaderError({
        code: 'decay-out-of-range',
        explain: `decay must be a number from 0 up to, but not, 1; it is ${describe(decay)}.`,
      });
    }
    super('movingAverage', options, decay);
  }

  next({ min, max }: TensorRange, x: tf.Tensor): TensorRange {
    const batch = this.rangeOf(x);
    const step = 1 - this.config.decay;
    return {
      min: tf.sub(min, tf.mul(tf.sub(min, batch.min), step)),
      max: tf.sub(max, tf.mul(tf.sub(max, batch.max), step)),
    };
  }
}

/**
 * Takes the range of all it has ever seen: for the network's inputs.
 *
 * min ← min(min, min(x)), max ← max(max, max(x)); it starts at 0.
 *
 * `new AllValuesQuantizer(options)` takes @param options - `numBits`, `perAxis`, `symmetric`, `narrowRange`.
 *
 * @throws ReaderError `not-an-integer-in-range`, `option-not-boolean`
 * @example
 * ```ts
 * import { quantization, tf } from 'heavy-weights';
 *
 * const quantizer = new quantization.AllValuesQuantizer();
 * const first = quantizer.next({ min: tf.scalar(0), max: tf.scalar(0) }, tf.tensor1d([-5, 1]));
 * const range = quantizer.next(first, tf.tensor1d([-1, 5]));
 * console.log(range.min.dataSync()[0], range.max.dataSync()[0]); // -5 5
 * ```
 * @see `AllValuesQuantizer`, tensorflow_model_optimization/python/core/quantization/keras/quantizers.py
 */
export class AllValuesQuantizer extends Quantizer {
  readonly initialRange = { min: 0, max: 0 };

  constructor(options: QuantizerOptions = {}) {
    super('allValues', options);
  }

  next({ min, max }: TensorRange, x: tf.Tensor): TensorRange {
    const batch = this.rangeOf(x);
    return this.widen({ min: tf.minimum(min, batch.min), max: tf.maximum(max, batch.max) });
  }
}

/** The quantizer of a configuration that was saved. @internal */
export function quantizerFrom(config: QuantizerConfig): Quantizer {
  const { kind, decay, ...options } = config;
  if (kind === 'lastValue') return new LastValueQuantizer(options);
  if (kind === 'allValues') return new AllValuesQuantizer(options);
  return new MovingAverageQuantizer(options, decay);
}
