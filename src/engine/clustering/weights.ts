import * as tf from '@tensorflow/tfjs';
import { requireFiniteArray } from '../numerics/arguments.ts';

/** Weights as they come: a typed array, an array of numbers, or a tensor of any shape. */
export type Weights = ArrayLike<number> | tf.Tensor;

/** The numbers of weights, each checked; what is not a Float32Array in double precision. @internal */
export function readWeights(name: string, weights: Weights): Float32Array | Float64Array {
  const values = weights instanceof tf.Tensor ? weights.dataSync() : weights;
  requireFiniteArray(name, values);
  return values instanceof Float32Array ? values : Float64Array.from(values);
}
