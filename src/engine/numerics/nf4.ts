import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger, toFloat32 } from './arguments.ts';

/** Weights as indices into a table of 16 values, each block with a scale of its own. */
export interface Nf4Weights {
  /** One index 0 … 15 for each weight, the first of a pair in the upper half of a byte. */
  packed: Uint8Array<ArrayBuffer>;
  /** max|w| of each block. */
  scales: Float32Array<ArrayBuffer>;
  blockSize: number;
  length: number;
}

/**
 * Quantiles of a normal distribution, scaled to −1 … 1, with 0 among them.
 * @see `create_normal_map`, bitsandbytes/functional.py
 */
const LEVELS = Float32Array.of(
  -1,
  -0.6961928009986877,
  -0.5250730514526367,
  -0.39491748809814453,
  -0.28444138169288635,
  -0.18477343022823334,
  -0.09105003625154495,
  0,
  0.07958029955625534,
  0.16093020141124725,
  0.24611230194568634,
  0.33791524171829224,
  0.44070982933044434,
  0.5626170039176941,
  0.7229568362236023,
  1,
);

/** The index of the nearest level; of two equally near the lower. */
function nearestLevel(x: number): number {
  let index = 0;
  while (index < 15 && x > (LEVELS[index]! + LEVELS[index + 1]!) / 2) index++;
  return index;
}

/**
 * Codes weights in NF4, 4-bit NormalFloat: each block is divided by its largest magnitude, and each weight becomes the
 * nearest of 16 levels that lie closer where normally distributed weights are more frequent.
 *
 * code = argminᵢ |w/max|w| − levelᵢ|. A table is looked up: no arithmetic can be done on the codes.
 *
 * @param values - n finite weights
 * @param options - `blockSize`: weights that share a scale, 64 unless told; the last block may be shorter
 * @returns `{packed, scales, blockSize, length}`: ⌈n/2⌉ bytes and ⌈n/blockSize⌉ scales
 * @throws ReaderError `not-an-integer-in-range` for `blockSize`, and those of {@link quantize} for the values
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * const { packed, scales } = numerics.encodeNf4([0.5, -0.5, 0, 0.04]);
 * console.log(Array.from(packed, (byte) => byte.toString(16)).join(' '), scales[0]); // f0 78 0.5
 * ```
 * @see T. Dettmers et al., "QLoRA: Efficient Finetuning of Quantized LLMs", NeurIPS 2023, section 3
 */
export function encodeNf4(
  values: ArrayLike<number>,
  { blockSize = 64 }: { blockSize?: number } = {},
): Nf4Weights {
  const floats = toFloat32('values', values);
  requireInteger('blockSize', blockSize, 1, 2 ** 24);
  const scales = new Float32Array(Math.ceil(floats.length / blockSize));
  floats.forEach((w, i) => {
    const block = Math.floor(i / blockSize);
    scales[block] = Math.max(scales[block]!, Math.abs(w));
  });
  const packed = new Uint8Array(Math.ceil(floats.length / 2));
  floats.forEach((w, i) => {
    const scale = scales[Math.floor(i / blockSize)]!;
    const code = nearestLevel(scale === 0 ? 0 : w / scale);
    packed[i >> 1] = packed[i >> 1]! | (i % 2 === 0 ? code << 4 : code);
  });
  return { packed, scales, blockSize, length: floats.length };
}

/**
 * Reads weights in NF4 back: level · scale.
 *
 * @param weights - what {@link encodeNf4} gave
 * @returns the weights as float32
 * @throws ReaderError `nf4-not-understood` when codes and scales do not fit the length
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(numerics.decodeNf4(numerics.encodeNf4([2, -2, 0]))); // Float32Array(3) [ 2, -2, 0 ]
 * ```
 * @see `dequantize_4bit`, bitsandbytes/functional.py
 */
export function decodeNf4(weights: Nf4Weights): Float32Array<ArrayBuffer> {
  const { packed, scales, blockSize, length } = weights ?? {};
  const fits =
    packed?.length === Math.ceil(length / 2) && scales?.length === Math.ceil(length / blockSize);
  if (!fits) {
    throw new ReaderError({
      code: 'nf4-not-understood',
      explain: `weights must be what encodeNf4 gave; ${describe(weights)} came.`,
    });
  }
  return Float32Array.from({ length }, (_, i) => {
    const byte = packed[i >> 1]!;
    return LEVELS[i % 2 === 0 ? byte >> 4 : byte & 15]! * scales[Math.floor(i / blockSize)]!;
  });
}

/**
 * Gives what is left of weights that were stored in NF4.
 *
 * @param values - finite weights
 * @param options - `blockSize`, 64 unless told
 * @returns float32 weights, each one of 16 levels of its block
 * @throws ReaderError as {@link encodeNf4}
 * @example
 * ```ts
 * import { numerics } from 'heavy-weights';
 *
 * console.log(Array.from(numerics.nf4([1, 0.5, 0.2]), (w) => w.toFixed(2)).join(' ')); // 1.00 0.44 0.16
 * ```
 * @see T. Dettmers et al., "QLoRA: Efficient Finetuning of Quantized LLMs", NeurIPS 2023, section 3
 */
export function nf4(
  values: ArrayLike<number>,
  options: { blockSize?: number } = {},
): Float32Array<ArrayBuffer> {
  return decodeNf4(encodeNf4(values, options));
}
