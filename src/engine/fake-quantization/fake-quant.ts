import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger, requireNumber } from '../numerics/arguments.ts';
import { runFakeQuant } from './fake-quant-kernels.ts';

/** The integers that are simulated. */
export interface FakeQuantOptions {
  /** 2 … 16; 8 unless told. */
  numBits?: number;
  /** Leave the smallest integer unused, as weights do. False unless told. */
  narrowRange?: boolean;
}

/** Along which axis the channels run. */
export interface FakeQuantPerChannelOptions extends FakeQuantOptions {
  /** The last unless told, and the only one of TensorFlow's operator; depthwise kernels need the one before. */
  axis?: number;
}

/**
 * Rounds a tensor to the values that integers of `numBits` bits could take, and stays in float: the operation
 * that quantization-aware training puts into a network.
 *
 * With n = 2^numBits − 1 (less 1 for a narrow range): scale = (max − min)/n; the range is nudged so that 0
 * falls on an integer: z = round(−min/scale), min' = −z·scale, max' = (n − z)·scale. Then
 * y = (⌊(clamp(x, min', max') − min')/scale − z + ½⌋)·scale, all in float32. Gradients: dx = dy where
 * min' ≤ x ≤ max' and 0 elsewhere; dmin = Σ dy where x < min', dmax = Σ dy where x > max'. With min and max
 * both 0 everything becomes 0, and the gradient passes.
 *
 * @param x - float32 tensor of any shape
 * @param min - lower end: a number, or a scalar tensor, which is differentiated too
 * @param max - upper end, above min; a number or a scalar tensor
 * @param options - `numBits` 2 … 16 (8 unless told), `narrowRange` (false unless told)
 * @returns a tensor of the shape of x
 * @throws ReaderError `range-inverted`, `range-not-finite`, `not-a-tensor`, `not-float32`, `range-not-scalar`,
 *   `not-an-integer-in-range`, `backend-not-supported` (wasm and cpu are)
 * @example
 * ```ts
 * import { numerics, tf } from 'heavy-weights';
 *
 * const x = tf.tensor1d([-10.1, -9.9, 0, 53.8]);
 * const y = numerics.fakeQuant(x, -10, 53.75);
 * console.log(Array.from(y.dataSync()).join(' ')); // -10 -10 0 53.75
 * const dx = tf.grad((t) => numerics.fakeQuant(t, -10, 53.75))(x);
 * console.log(Array.from(dx.dataSync()).join(' ')); // 0 1 1 0
 * ```
 * @see `FakeQuantWithMinMaxVars`, tensorflow/core/kernels/fake_quant_ops_functor.h; B. Jacob et al., CVPR 2018, section 3
 */
export function fakeQuant<T extends tf.Tensor>(
  x: T,
  min: number | tf.Tensor,
  max: number | tf.Tensor,
  options: FakeQuantOptions = {},
): T {
  const { numBits, narrowRange } = readOptions(options);
  requireFloatTensor('x', x);
  const ends = { min, max };
  for (const [name, end] of Object.entries(ends)) {
    if (!(end instanceof tf.Tensor)) requireNumber(name, end);
    else if (end.size !== 1) throw notScalar(name, end);
  }
  return tf.tidy(() =>
    runFakeQuant(x, toTensor(min), toTensor(max), {
      caller: 'fakeQuant',
      numBits,
      narrowRange,
      axis: -1,
    }),
  );
}

/**
 * {@link fakeQuant} with a range of its own for each index along one axis.
 *
 * y[…, c, …] = fakeQuant(x[…, c, …], min[c], max[c]).
 *
 * @param x - float32 tensor of rank 1 or more
 * @param min - lower end of each channel: as many as x has along `axis`
 * @param max - upper end of each channel
 * @param options - `numBits` 2 … 16 (8 unless told), `narrowRange` (false unless told), `axis` (the last unless
 *   told)
 * @returns a tensor of the shape of x
 * @throws ReaderError `channels-do-not-fit`, `axis-out-of-range`, and those of {@link fakeQuant}
 * @example
 * ```ts
 * import { numerics, tf } from 'heavy-weights';
 *
 * const kernel = tf.tensor2d([[0.4, 4], [-0.7, -7]]);
 * const y = numerics.fakeQuantPerChannel(kernel, [-0.7, -7], [0.7, 7], { numBits: 4, narrowRange: true });
 * console.log(Array.from(y.dataSync(), (v) => v.toFixed(1)).join(' ')); // 0.4 4.0 -0.7 -7.0
 * ```
 * @see `FakeQuantWithMinMaxVarsPerChannel`, tensorflow/core/kernels/fake_quant_ops_functor.h
 */
export function fakeQuantPerChannel<T extends tf.Tensor>(
  x: T,
  min: ArrayLike<number> | tf.Tensor,
  max: ArrayLike<number> | tf.Tensor,
  { axis: given = -1, ...options }: FakeQuantPerChannelOptions = {},
): T {
  const { numBits, narrowRange } = readOptions(options);
  requireFloatTensor('x', x);
  const axis = given < 0 ? given + x.rank : given;
  if (!Number.isInteger(axis) || axis < 0 || axis >= x.rank) {
    throw new ReaderError({
      code: 'axis-out-of-range',
      explain: `axis must be an integer from ${-x.rank} to ${x.rank - 1} for a tensor of rank ${x.rank}; it is ${describe(given)}.`,
    });
  }
  const channels = x.shape[axis]!;
  for (const [name, ends] of Object.entries({ min, max })) {
    const count = ends instanceof tf.Tensor ? ends.size : ends.length;
    if (count !== channels) {
      throw new ReaderError({
        code: 'channels-do-not-fit',
        explain: `${name} must have one number for each of the ${channels} channels along axis ${axis} of x; it has ${count}.`,
        hint: 'numerics.minMaxPerAxis(values, shape, axis) gives the ranges of every channel.',
      });
    }
  }
  return tf.tidy(() =>
    runFakeQuant(x, toTensor(min), toTensor(max), {
      caller: 'fakeQuantPerChannel',
      numBits,
      narrowRange,
      axis,
    }),
  );
}

function readOptions(options: FakeQuantOptions): Required<FakeQuantOptions> {
  for (const name of Object.keys(options)) {
    if (name === 'numBits' || name === 'narrowRange') continue;
    throw new ReaderError({
      code: 'option-unknown',
      explain: `there is no option ${name}; the options are numBits and narrowRange.`,
      hint: 'Names that Python writes with an underscore are in camelCase here: num_bits is numBits.',
    });
  }
  const { numBits = 8, narrowRange = false } = options;
  requireInteger('numBits', numBits, 2, 16);
  return { numBits, narrowRange };
}

function requireFloatTensor(name: string, value: tf.Tensor): void {
  if (!(value instanceof tf.Tensor)) {
    throw new ReaderError({
      code: 'not-a-tensor',
      explain: `${name} must be a tensor; ${describe(value)} came.`,
      hint: 'Make one with tf.tensor(…); for arrays there are quantize and dequantize.',
    });
  }
  if (value.dtype !== 'float32') {
    throw new ReaderError({
      code: 'not-float32',
      explain: `${name} must be a float32 tensor; it is ${value.dtype}.`,
      hint: 'Call .toFloat() on it.',
    });
  }
}

function notScalar(name: string, { shape }: tf.Tensor): ReaderError {
  return new ReaderError({
    code: 'range-not-scalar',
    explain: `${name} must be one number; it is a tensor of shape [${shape.join(', ')}].`,
    hint: 'For a range per channel there is fakeQuantPerChannel.',
  });
}

const toTensor = (given: number | ArrayLike<number> | tf.Tensor): tf.Tensor => {
  if (given instanceof tf.Tensor) return given;
  return typeof given === 'number' ? tf.scalar(given) : tf.tensor1d(Float32Array.from(given));
};
