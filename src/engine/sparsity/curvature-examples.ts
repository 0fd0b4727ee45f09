import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import type { CurvatureLoss } from './output-curvature.ts';

/** Right answers: indices of classes, or a tensor of the shape of the model's output. */
export type Targets = ArrayLike<number> | tf.Tensor;

/** Rows of a tensor, read once: in wasm each slice of a tensor copies the whole of it. */
type Rows = (start: number, size: number) => tf.Tensor;

/** Examples as they are worked on: no tensors but those of the batch at hand. */
export interface Examples {
  readonly count: number;
  readonly inputs: readonly Rows[];
  /** Of the shape of the model's output. */
  readonly targets: Rows;
}

/**
 * Checks what was given against the model, and brings labels to the shape of its output.
 *
 * @throws ReaderError `inputs-not-tensors`, `no-examples`, `inputs-wrong-shape`, `input-not-finite`,
 *   `labels-do-not-fit`, `label-not-a-class`, `targets-wrong-shape`, `target-not-finite`, `targets-not-probabilities`
 * @internal
 */
export function readExamples(
  model: tf.LayersModel,
  inputs: tf.Tensor | tf.Tensor[],
  targets: Targets,
  loss: CurvatureLoss,
): Examples {
  const given = Array.isArray(inputs) ? inputs : [inputs];
  if (given.length !== model.inputs.length || !given.every((each) => each instanceof tf.Tensor)) {
    throw new ReaderError({
      code: 'inputs-not-tensors',
      explain: `inputs must be ${model.inputs.length === 1 ? 'a tensor of examples' : `${model.inputs.length} tensors, one for each input of the model`}; ${describe(inputs)} came.`,
    });
  }
  const count = given[0]!.shape[0] ?? 0;
  return {
    count,
    inputs: given.map((tensor, index) => readInput(model, tensor, index, count)),
    targets: readTargets(targets, [count, ...model.outputs[0]!.shape.slice(1)], loss),
  };
}

/** The batches that n examples are worked on in: [start, size]. @internal */
export function batchesOf(count: number, batchSize: number): [start: number, size: number][] {
  requireInteger('batchSize', batchSize, 1, 2 ** 20);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) => [
    i * batchSize,
    Math.min(batchSize, count - i * batchSize),
  ]);
}

function rowsOf(values: tf.TypedArray, [, ...shape]: number[], dtype: tf.DataType): Rows {
  const each = shape.reduce((total, size) => total * size, 1);
  return (start, size) =>
    tf.tensor(values.slice(start * each, (start + size) * each), [size, ...shape], dtype);
}

function readInput(model: tf.LayersModel, tensor: tf.Tensor, index: number, count: number): Rows {
  const wanted = model.inputs[index]!.shape;
  if (count === 0 || tensor.rank === 0) {
    throw new ReaderError({
      code: 'no-examples',
      explain:
        'inputs holds no example: what the loss does around the weights is measured on data.',
      hint: 'Pass some hundred examples of those the model was trained on.',
    });
  }
  if (!fits(tensor.shape, [count, ...wanted.slice(1)])) {
    throw new ReaderError({
      code: 'inputs-wrong-shape',
      explain: `inputs has the shape ${describeShape(tensor.shape)}; the input ${model.inputs[index]!.name} takes ${describeShape([count, ...wanted.slice(1)])}.`,
    });
  }
  return rowsOf(readFinite(tensor, 'inputs', 'input-not-finite'), tensor.shape, tensor.dtype);
}

function readFinite(tensor: tf.Tensor, name: string, code: string): tf.TypedArray {
  const values = tensor.dataSync();
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return values;
  throw new ReaderError({
    code,
    explain: `${name} must hold finite numbers only; at position ${bad} it holds ${String(values[bad])}.`,
  });
}

function fits(shape: readonly number[], wanted: readonly (number | null)[]): boolean {
  return shape.length === wanted.length && shape.every((size, i) => (wanted[i] ?? size) === size);
}

function describeShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? 'any').join(', ')}]`;
}

/** Rows of targets for cross-entropy must be probabilities: the curvature grows with their sum. */
function requireProbabilities(values: tf.TypedArray, classes: number): void {
  for (let start = 0; start < values.length; start += classes) {
    const row = Array.from(values.subarray(start, start + classes));
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) <= 1e-3 && row.every((value) => value >= 0)) continue;
    throw new ReaderError({
      code: 'targets-not-probabilities',
      explain: `The right answer for example ${start / classes} must be a row of probabilities; its sum is ${sum}.`,
      hint: 'Pass one-hot rows, or an array of class indices.',
    });
  }
}

function readTargets(
  targets: Targets,
  shape: readonly (number | null)[],
  loss: CurvatureLoss,
): Rows {
  const [count, classes] = shape as [number, number];
  const isTensor = targets instanceof tf.Tensor;
  if (isTensor && fits(targets.shape, shape)) {
    const values = readFinite(targets, 'the targets', 'target-not-finite');
    if (loss === 'categoricalCrossentropy') requireProbabilities(values, classes);
    return rowsOf(values, targets.shape, 'float32');
  }
  const isList =
    (isTensor && targets.rank === 1) || Array.isArray(targets) || ArrayBuffer.isView(targets);
  if (loss !== 'categoricalCrossentropy' || !isList) {
    throw new ReaderError({
      code: 'targets-wrong-shape',
      explain: `The right answers must be a tensor of the shape of the model's output, ${describeShape(shape)}; ${isTensor ? `one of shape ${describeShape(targets.shape)}` : describe(targets)} came.`,
      ...(loss === 'categoricalCrossentropy'
        ? { hint: 'For cross-entropy an array of class indices, one for each example, does too.' }
        : {}),
    });
  }
  const labels = isTensor ? targets.dataSync() : (targets as ArrayLike<number>);
  if (labels.length !== count) {
    throw new ReaderError({
      code: 'labels-do-not-fit',
      explain: `There must be one label for each of the ${count} examples; there are ${labels.length}.`,
    });
  }
  const oneHot = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new ReaderError({
        code: 'label-not-a-class',
        explain: `The label of example ${i} must be the index of one of the ${classes} classes, 0 … ${classes - 1}; it is ${describe(label)}.`,
      });
    }
    oneHot[i * classes + label] = 1;
  }
  return rowsOf(oneHot, [count, classes], 'float32');
}
