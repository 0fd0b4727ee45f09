import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';
import { blockMagnitudes, type BlockPoolingType } from './block-magnitudes.ts';
import { requireKnownOptions } from './known-options.ts';
import { kthLargestMagnitude } from './kth-largest-magnitude.ts';
import { requireSparsity } from './pruning-schedule.ts';
import { readWeights, requirePair, shapeText, type Weights } from './weights-argument.ts';

/** Whether single weights are pruned or whole blocks of a matrix. */
export interface BlockOptions {
  /** Rows and columns of a block; [1, 1] unless told. */
  blockSize?: readonly [number, number];
  /** What stands for a block, the average magnitude in it or the largest; 'AVG' unless told. */
  blockPoolingType?: BlockPoolingType;
}

/** Which weights are kept. */
export interface MagnitudeMask {
  /** 1 where a weight is kept and 0 where it is pruned, in the weights' shape. */
  mask: tf.Tensor;
  /** The smallest magnitude that is kept; of blocks, the smallest pooled one. */
  threshold: number;
}

/**
 * Finds which weights are kept when the smallest are pruned.
 *
 * k = max(round(n·(1 − sparsity)), 1), in float32, halves to even; threshold = the k-th largest |w|; mask = 1 where
 * |w| ≥ threshold. Weights that tie with the threshold are all kept, so more than k can be. With blocks, n counts them,
 * and each stands or falls by its average or largest |w|. Blocks are pooled with SAME padding, which centres them when
 * the size does not divide the matrix, and laid over it from the upper left corner, as TFMOT does.
 *
 * @param weights - a tensor, a typed array or (nested) arrays of numbers
 * @param sparsity - share of weights to prune, from 0 up to, but not, 1
 * @param options - `blockSize` ([1, 1] unless told; others for matrices only), `blockPoolingType` 'AVG' or 'MAX'
 * @returns `{mask, threshold}`; the mask is a float32 tensor in the weights' shape
 * @throws ReaderError `sparsity-out-of-range`, `block-size-rank`, `block-pooling-type-unknown`, `not-a-pair`,
 *   `not-an-integer-in-range`, `option-unknown`, and those of weights that are not finite numbers in even rows
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * const { mask, threshold } = sparsity.magnitudeMask([0.3, -0.9, 0.1, 0.5], 0.5);
 * console.log(mask.arraySync().toString(), threshold); // 0,1,0,1 0.5
 * ```
 * @see `Pruning._update_mask`, tensorflow_model_optimization/python/core/sparsity/keras/pruning_impl.py;
 *   S. Han et al., "Learning both weights and connections", NIPS 2015
 */
export function magnitudeMask(
  weights: Weights,
  sparsity: number,
  options: BlockOptions = {},
): MagnitudeMask {
  requireKnownOptions(
    'magnitudeMask',
    options,
    ['blockSize', 'blockPoolingType'],
    "{ blockSize: [2, 2], blockPoolingType: 'MAX' }",
  );
  requireSparsity('sparsity', sparsity);
  const blocks = readBlockOptions(options);
  const { values, shape } = readWeights(weights);
  requireBlocksFit('weights', shape, blocks);
  const { mask, threshold } = maskByMagnitude(values, shape, sparsity, blocks);
  return { mask: tf.tensor(mask, [...shape]), threshold };
}

/** The same on plain arrays, of arguments that are known to be right. @internal */
export function maskByMagnitude(
  values: Float32Array,
  shape: readonly number[],
  sparsity: number,
  { blockSize, blockPoolingType }: Required<BlockOptions>,
): { mask: Float32Array; threshold: number } {
  if (isSingle(blockSize)) return keepLargest(values, sparsity);
  const [rows, columns] = shape as [number, number];
  const [height, width] = blockSize;
  const blocks = blockMagnitudes(values, [rows, columns], blockSize, blockPoolingType);
  const kept = keepLargest(blocks.values, sparsity);
  const mask = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(row / height) * blocks.columns;
    for (let column = 0; column < columns; column++) {
      mask[row * columns + column] = kept.mask[start + Math.floor(column / width)]!;
    }
  }
  return { mask, threshold: kept.threshold };
}

function keepLargest(
  values: Float32Array,
  sparsity: number,
): { mask: Float32Array; threshold: number } {
  const threshold = kthLargestMagnitude(values, keptCount(values.length, sparsity));
  const mask = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) mask[i] = Math.abs(values[i]!) >= threshold ? 1 : 0;
  return { mask, threshold };
}

/** k = max(round(n·(1 − sparsity)), 1). @internal */
export function keptCount(size: number, sparsity: number): number {
  const { fround } = Math;
  const kept = fround(fround(size) * fround(1 - fround(sparsity)));
  // Past 2^24 float32 can round the size itself up.
  return Math.min(Math.max(roundHalfEven(kept), 1), size);
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const part = x - below;
  if (part !== 0.5) return part < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/**
 * The options with what they are unless told.
 *
 * @throws ReaderError `not-a-pair`, `not-an-integer-in-range`, `block-pooling-type-unknown`
 * @internal
 */
export function readBlockOptions({
  blockSize = [1, 1],
  blockPoolingType = 'AVG',
}: BlockOptions): Required<BlockOptions> {
  requirePair('blockSize', blockSize, 1, '[2, 4], two rows and four columns');
  if (blockPoolingType !== 'AVG' && blockPoolingType !== 'MAX') {
    throw new ReaderError({
      code: 'block-pooling-type-unknown',
      explain: `blockPoolingType must be 'AVG' or 'MAX'; it is ${describe(blockPoolingType)}.`,
    });
  }
  return { blockSize, blockPoolingType };
}

/** Blocks are for matrices only. @internal */
export function requireBlocksFit(
  name: string,
  shape: readonly number[],
  { blockSize }: Required<BlockOptions>,
): void {
  if (isSingle(blockSize) || shape.length === 2) return;
  throw new ReaderError({
    code: 'block-size-rank',
    explain: `blockSize ${shapeText(blockSize)} is for matrices; ${name} has the shape ${shapeText(shape)}.`,
    hint: 'Prune in blocks where the kernel is a matrix, as in Dense layers; leave blockSize out elsewhere.',
  });
}

function isSingle([height, width]: readonly [number, number]): boolean {
  return height === 1 && width === 1;
}
