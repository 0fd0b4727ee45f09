import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { readWeights, requirePair, shapeText, type Weights } from './weights-argument.ts';

/** m zeros in every n. */
export type MByN = readonly [number, number];

/**
 * Finds which weights are kept when m of every n consecutive ones are pruned, the smallest: hardware can skip zeros
 * that come so regularly.
 *
 * The groups of n run along the input channels: down the columns of a Dense kernel [in, out], and along the third axis
 * of a Conv2D kernel [height, width, in, out]. In each group the n − m largest |w| are kept; of equal ones that with
 * the lower index. A last group that is not full is filled up with zeros.
 *
 * @param weights - a kernel of rank 2 or 4: a tensor or nested arrays
 * @param mByN - [m, n], whole numbers, m below n; [2, 4] is what GPUs support
 * @returns the mask, a float32 tensor of ones and zeros in the weights' shape
 * @throws ReaderError `m-not-below-n`, `m-by-n-rank`, `not-a-pair`, `not-an-integer-in-range`, and those of weights
 *   that are not finite numbers in even rows
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * const kernel = [[0.7], [-0.9], [0.1], [0.7]];
 * console.log(sparsity.mByNMask(kernel, [2, 4]).arraySync().toString()); // 1,1,0,0
 * ```
 * @see A. Mishra et al., "Accelerating sparse deep neural networks", arXiv:2104.08378, 2021; `generate_m_by_n_mask`,
 *   tensorflow_model_optimization/python/core/sparsity/keras/pruning_utils.py
 */
export function mByNMask(weights: Weights, mByN: MByN): tf.Tensor {
  requireMByN('mByN', mByN);
  const { values, shape } = readWeights(weights);
  return tf.tensor(maskMByN(values, shape, mByN, 'weights'), [...shape]);
}

/** The same on plain arrays; `name` is for the message. @internal */
export function maskMByN(
  values: Float32Array,
  shape: readonly number[],
  mByN: MByN,
  name: string,
): Float32Array {
  const [m, n] = mByN;
  const { rows, length } = inputChannels(shape, name);
  const mask = new Float32Array(values.length);
  const group = new Float32Array(Math.min(n, length));
  for (const [first, stride] of rows) {
    for (let start = 0; start < length; start += n) {
      const size = Math.min(n, length - start);
      const at = { first: first + start * stride, stride, size };
      maskGroup(values, mask, at, group, n - m);
    }
  }
  return mask;
}

/** Where the values of one group lie. */
interface Place {
  first: number;
  stride: number;
  size: number;
}

/** Keeps the largest of one group; `group` is room for its magnitudes. */
function maskGroup(
  values: Float32Array,
  mask: Float32Array,
  { first, stride, size }: Place,
  group: Float32Array,
  kept: number,
): void {
  if (size <= kept) {
    for (let i = 0; i < size; i++) mask[first + i * stride] = 1;
    return;
  }
  for (let i = 0; i < size; i++) group[i] = Math.abs(values[first + i * stride]!);
  sortFirst(group, size);
  const threshold = group[size - kept]!;
  // Of those that equal the threshold only so many find room: the first ones.
  let room = 0;
  for (let i = size - kept; i < size && group[i] === threshold; i++) room++;
  for (let i = 0; i < size; i++) {
    const magnitude = Math.abs(values[first + i * stride]!);
    if (magnitude > threshold || (magnitude === threshold && room-- > 0)) {
      mask[first + i * stride] = 1;
    }
  }
}

/** Sorts the first values, smallest first; by insertion where calling the built-in sort takes longer than sorting. */
function sortFirst(group: Float32Array, size: number): void {
  if (size > 32) {
    group.subarray(0, size).sort();
    return;
  }
  for (let i = 1; i < size; i++) {
    const value = group[i]!;
    let at = i;
    for (; at > 0 && group[at - 1]! > value; at--) group[at] = group[at - 1]!;
    group[at] = value;
  }
}

/**
 * A kernel as rows of input channels: Dense [in, out] gives a row for each output, Conv2D [height, width, in, out] one
 * for each output and place, outputs first. A row is the index of its first value and the distance to the next.
 *
 * @throws ReaderError `m-by-n-rank`
 * @internal
 */
export function inputChannels(
  shape: readonly number[],
  name: string,
): { rows: [first: number, stride: number][]; length: number } {
  if (shape.length !== 2 && shape.length !== 4) {
    throw new ReaderError({
      code: 'm-by-n-rank',
      explain: `m zeros in every n are for kernels of rank 2 or 4; ${name} has the shape ${shapeText(shape)}.`,
      hint: 'Kernels of Dense have rank 2, those of Conv2D rank 4; others can be pruned by magnitude alone.',
    });
  }
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const places = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const rows: [number, number][] = [];
  for (let output = 0; output < outputs; output++) {
    for (let place = 0; place < places; place++) {
      rows.push([place * inputs * outputs + output, outputs]);
    }
  }
  return { rows, length: inputs };
}

/** Whole numbers [m, n], m below n. @internal */
export function requireMByN(name: string, mByN: MByN): void {
  requirePair(name, mByN, 0, '[2, 4], two zeros in every four');
  const [m, n] = mByN;
  if (m < n) return;
  throw new ReaderError({
    code: 'm-not-below-n',
    explain: `${name} is ${shapeText(mByN)}: m zeros in every n leave nothing unless m is below n.`,
    hint: 'Two zeros in every four are [2, 4].',
  });
}
