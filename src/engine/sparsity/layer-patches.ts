import * as tf from '@tensorflow/tfjs';
import { imageToColumns } from '../kernels/image-columns.ts';
import type { KernelMatrix } from './kernel-matrices.ts';

interface WindowConfig {
  strides: [number, number] | number;
  padding: 'same' | 'valid';
  dilationRate: [number, number] | [number] | number;
}

type Pair = [number, number];

/** Along height and width; a series is an image of one row. */
function pair(value: number | readonly number[] | undefined, isSeries: boolean): Pair {
  const [first = 1, second = first] = Array.isArray(value)
    ? (value as number[])
    : [value as number];
  return isSeries ? [1, first] : [first, second];
}

/**
 * What a kernel is multiplied with, example by example: Pᵀ [k, positions], so that the gradient of the kernel is
 * Pᵀ·δ, a product of matrices as they stand.
 *
 * @param input - what the layer read, [examples, …]
 * @internal
 */
export function patchesOf(
  { node, k }: KernelMatrix,
  input: tf.Tensor,
): (example: number) => tf.Tensor2D {
  const { className, layer } = node;
  const config = layer.getConfig() as unknown as WindowConfig;
  const [examples] = input.shape as [number];
  if (className === 'Dense') return transposedRows(input.reshape([examples, -1, k]));
  if (className === 'SeparableConv2D') {
    const between = tf.depthwiseConv2d(
      input as tf.Tensor4D,
      layer.getWeights()[0] as tf.Tensor4D,
      pair(config.strides, false),
      config.padding,
      'NHWC',
      pair(config.dilationRate, false),
    );
    return transposedRows(between.reshape([examples, -1, k]));
  }
  const isSeries = className === 'Conv1D';
  const image = isSeries ? [1, ...input.shape.slice(1)] : input.shape.slice(1);
  const kernel = layer.getWeights()[0]!.shape;
  const conv = tf.backend_util.computeConv2DInfo(
    [1, ...image] as [number, number, number, number],
    (isSeries ? [1, ...kernel] : kernel) as [number, number, number, number],
    pair(config.strides, isSeries),
    pair(config.dilationRate, isSeries),
    config.padding,
  );
  const values = input.dataSync() as Float32Array;
  const size = values.length / examples;
  const columns = new Float32Array(k * conv.outHeight * conv.outWidth);
  return (example) => {
    imageToColumns(values.subarray(example * size, (example + 1) * size), columns, conv);
    return tf.tensor2d(columns.slice(), [k, columns.length / k]);
  };
}

/** [examples, positions, k] → the transposed rows of one example. */
function transposedRows(rows: tf.Tensor): (example: number) => tf.Tensor2D {
  const [, positions, k] = rows.shape as [number, number, number];
  const values = rows.dataSync();
  return (example) => {
    const columns = new Float32Array(k * positions);
    for (let from = example * positions * k, p = 0; p < positions; p++) {
      for (let i = 0; i < k; i++) columns[i * positions + p] = values[from++]!;
    }
    return tf.tensor2d(columns, [k, positions]);
  };
}
