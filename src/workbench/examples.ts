import * as tf from '@tensorflow/tfjs';
import { createRng } from '../shared/rng.ts';
import type { NumberArray } from './npy.ts';

/** Inputs for a model of one input, kept as they came: bytes stay bytes until a batch is made of them. */
export interface Examples {
  /** How many. */
  count: number;
  /** Of one, as the model takes it. */
  shape: number[];
  /** count × shape, row-major. */
  values: NumberArray;
  /** Each value is multiplied by it: 1/255 for bytes of grey, else 1. */
  scale: number;
  /** The right class of each, 0 … classes − 1. */
  labels?: Int32Array;
  /** Name of the array that they came from. */
  source: string;
}

/** Examples whose right answers are known. */
export type LabelledExamples = Examples & { labels: Int32Array };

/** Some of the examples, by their indices, as one tensor. */
export function batchOf({ shape, values, scale }: Examples, indices: ArrayLike<number>): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  const batch = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * size;
    for (let j = 0; j < size; j++) batch[i * size + j] = values[from + j]! * scale;
  }
  return tf.tensor(batch, [indices.length, ...shape]);
}

/** Indices of at most `most` examples, drawn without regard to their order: files may be sorted by class. */
export function drawExamples(count: number, most: number, seed: number): Int32Array {
  return Int32Array.from(shuffledIndices(count, seed).subarray(0, most));
}

/** 0 … count − 1 in an order that the seed determines. */
export function shuffledIndices(count: number, seed: number): Int32Array {
  const rng = createRng(seed);
  const indices = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(0, i);
    [indices[i], indices[j]] = [indices[j]!, indices[i]!];
  }
  return indices;
}

/** The labels of some of the examples. */
export function labelsOf({ labels }: LabelledExamples, indices: ArrayLike<number>): Int32Array {
  return Int32Array.from(indices, (index) => labels[index]!);
}
