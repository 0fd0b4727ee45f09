import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireFiniteArray, requireInteger, toFloat32 } from '../numerics/arguments.ts';

/** Numbers in rows of rows, to any depth. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** Weights as a reader gives them: a tensor, a typed array, or numbers in arrays. */
export type Weights = tf.Tensor | ArrayLike<number> | NestedNumbers;

/** Weights as they are computed with: float32, row-major. @internal */
export interface ShapedValues {
  values: Float32Array;
  shape: readonly number[];
}

/**
 * Reads weights of any of the forms; every one must be a finite number.
 *
 * @throws ReaderError `not-an-array-of-numbers`, `array-empty`, `array-ragged`, `value-not-finite`,
 *   `value-outside-float32`, `tensor-not-of-numbers`
 * @internal
 */
export function readWeights(weights: Weights): ShapedValues {
  if (weights instanceof tf.Tensor) {
    if (weights.dtype !== 'float32' && weights.dtype !== 'int32') {
      throw new ReaderError({
        code: 'tensor-not-of-numbers',
        explain: `weights must be a float32 tensor; it is ${weights.dtype}.`,
        hint: 'Call .toFloat() on it.',
      });
    }
    return { values: toFloat32('weights', weights.dataSync()), shape: weights.shape };
  }
  if (!Array.isArray(weights)) {
    const values = toFloat32('weights', weights as ArrayLike<number>);
    return { values, shape: [values.length] };
  }
  const shape = shapeOf(weights);
  requireEven(weights, shape, 'weights');
  return { values: toFloat32('weights', weights.flat(Infinity) as number[]), shape };
}

/** The shape that the first elements tell of. */
function shapeOf(nested: NestedNumbers): number[] {
  const shape: number[] = [];
  let inner: unknown = nested;
  while (Array.isArray(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  return shape;
}

function requireEven(row: unknown, [length, ...rest]: number[], name: string): void {
  if (!Array.isArray(row) || row.length !== length) {
    throw new ReaderError({
      code: 'array-ragged',
      explain: `${name} must be an array of ${length}, as its neighbours are; it is ${describe(row)}.`,
      hint: 'The rows of a tensor are all of one length.',
    });
  }
  if (rest.length > 0) {
    row.forEach((inner, index) => requireEven(inner, rest, `${name}[${index}]`));
    return;
  }
  requireFiniteArray(name, row as number[]);
}

/** Two integers in an array. @internal */
export function requirePair(
  name: string,
  pair: readonly [number, number],
  min: number,
  example: string,
): void {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new ReaderError({
      code: 'not-a-pair',
      explain: `${name} must be an array of two integers; ${describe(pair)} came.`,
      hint: `For example ${example}.`,
    });
  }
  pair.forEach((value: number, index) =>
    requireInteger(`${name}[${index}]`, value, min, Number.MAX_SAFE_INTEGER),
  );
}

/** Writes a shape for a message. @internal */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
