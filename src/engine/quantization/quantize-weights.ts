import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';

/** How finely the scales of weights are divided. */
export type Granularity = 'per-tensor' | 'per-channel' | { readonly groupSize: number };

/** Weights as symmetric integers of a narrow range: −(2^(b−1) − 1) … 2^(b−1) − 1, zero point 0. */
export interface WeightQuantization {
  /** 2 … 8; 8 unless told. */
  numBits?: number;
  /** One scale for the kernel, one for each output channel (unless told), or one for every group of inputs. */
  granularity?: Granularity;
}

/** A kernel [k, channels] as integers. */
export interface QuantizedKernel {
  /** Row-major in [k, channels]. */
  codes: Int8Array;
  /** Row-major in [k/groupSize, channels]; per tensor one. */
  scales: Float32Array;
  /** Weights of one channel that share a scale: k but for groups. */
  groupSize: number;
  /** Whether each channel has a scale of its own. */
  perChannel: boolean;
  qmax: number;
}

/** Below this a kernel counts as zero, as in {@link chooseQuantizationParams}. */
const LEAST_MAGNITUDE = 5e-7;

/** Checks the options, and says them in full. @internal */
export function readWeightQuantization({
  numBits = 8,
  granularity = 'per-channel',
}: WeightQuantization = {}): Required<WeightQuantization> {
  requireInteger('numBits', numBits, 2, 8);
  const isGroup = typeof granularity === 'object' && granularity !== null;
  if (isGroup) requireInteger('granularity.groupSize', granularity.groupSize, 1, 2 ** 24);
  else if (granularity !== 'per-tensor' && granularity !== 'per-channel') {
    throw new ReaderError({
      code: 'granularity-unknown',
      explain: `granularity must be 'per-tensor', 'per-channel' or { groupSize }; it is ${describe(granularity)}.`,
    });
  }
  return { numBits, granularity };
}

/** The largest size of a group, `wanted` at most, that divides k. @internal */
export function wholeGroupSize(k: number, wanted: number): number {
  let size = Math.min(wanted, k);
  while (k % size !== 0) size--;
  return size;
}

/** The scales of a kernel [k, channels], without its codes: s = max|w| / qmax over each part. @internal */
export function weightScales(
  values: Float32Array,
  k: number,
  channels: number,
  options: Required<WeightQuantization>,
): Omit<QuantizedKernel, 'codes'> & { magnitudes: Float32Array } {
  const { granularity } = options;
  const qmax = 2 ** (options.numBits - 1) - 1;
  const groupSize = typeof granularity === 'object' ? wholeGroupSize(k, granularity.groupSize) : k;
  const perChannel = granularity !== 'per-tensor';
  const magnitudes = new Float32Array(perChannel ? (k / groupSize) * channels : 1);
  for (let p = 0, i = 0; p < k; p++) {
    const group = Math.floor(p / groupSize) * channels;
    for (let c = 0; c < channels; c++, i++) {
      const at = perChannel ? group + c : 0;
      const magnitude = Math.abs(values[i]!);
      if (magnitude > magnitudes[at]!) magnitudes[at] = magnitude;
    }
  }
  for (let i = 0; i < magnitudes.length; i++) {
    magnitudes[i] = Math.max(magnitudes[i]!, LEAST_MAGNITUDE);
  }
  const scales = magnitudes.map((magnitude) => magnitude / qmax);
  return { scales, groupSize, perChannel, qmax, magnitudes };
}

/**
 * Weights to the nearest integers, in float32 as the TFLite converter computes them:
 * q = clamp(round(w · (qmax / max|w|)), −qmax, qmax).
 *
 * @see `SymmetricPerChannelQuantization`, tensorflow/lite/tools/optimize/quantization_utils.cc
 * @internal
 */
export function quantizeKernel(
  values: Float32Array,
  k: number,
  channels: number,
  options: Required<WeightQuantization>,
): QuantizedKernel {
  const { magnitudes, ...kernel } = weightScales(values, k, channels, options);
  const { qmax } = kernel;
  const inverses = magnitudes.map((magnitude) => qmax / magnitude);
  const codes = codesOf(values, channels, kernel, (value, at) =>
    Math.fround(value * inverses[at]!),
  );
  return { codes, ...kernel };
}

/** Integers for scales that are given. @internal */
export function codesForScales(
  values: Float32Array,
  channels: number,
  kernel: Omit<QuantizedKernel, 'codes'>,
): Int8Array {
  return codesOf(values, channels, kernel, (value, at) => Math.fround(value / kernel.scales[at]!));
}

function codesOf(
  values: Float32Array,
  channels: number,
  { groupSize, perChannel, qmax }: Omit<QuantizedKernel, 'codes'>,
  steps: (value: number, at: number) => number,
): Int8Array {
  const codes = new Int8Array(values.length);
  for (let i = 0, c = 0, p = 0, group = 0; i < values.length; i++) {
    const x = steps(values[i]!, perChannel ? group + c : 0);
    const rounded = x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
    codes[i] = rounded < -qmax ? -qmax : rounded > qmax ? qmax : rounded;
    if (++c === channels) {
      c = 0;
      if (++p % groupSize === 0) group += channels;
    }
  }
  return codes;
}

/** The real weights that the integers stand for, row-major in [k, channels]. @internal */
export function dequantizeKernel(
  { codes, scales, groupSize, perChannel }: Omit<QuantizedKernel, 'qmax'>,
  channels: number,
): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const group = Math.floor(i / (channels * groupSize));
    values[i] = codes[i]! * scales[perChannel ? group * channels + (i % channels) : 0]!;
  }
  return values;
}
