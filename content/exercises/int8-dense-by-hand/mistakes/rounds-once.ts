/**
 * Multiplies by M as a float and rounds once.
 *
 * @fails twice
 * @advice You multiply by M in floating point and round once. The device has neither: it multiplies by an integer, rounds, shifts and rounds again, and about one sum in a thousand comes out differently. Use the two functions of numerics.
 */
import { numerics } from 'heavy-weights';

export interface DenseLayer {
  weights: Int8Array;
  biases: Int32Array;
  inputScale: number;
  inputZeroPoint: number;
  weightScale: number;
  outputScale: number;
  outputZeroPoint: number;
  relu: boolean;
}

export function denseInt8(input: Int8Array, layer: DenseLayer): Int8Array {
  requireWeights(input, layer);
  const { weights, biases, inputZeroPoint, outputZeroPoint } = layer;
  const real = (layer.inputScale * layer.weightScale) / layer.outputScale;
  const lowest = layer.relu ? outputZeroPoint : -128;
  return Int8Array.from(biases, (bias, unit) => {
    let sum = bias;
    input.forEach((code, i) => {
      sum += (code - inputZeroPoint) * weights[unit * input.length + i]!;
    });
    const steps = numerics.roundHalfAway(sum * real);
    return Math.max(lowest, Math.min(127, outputZeroPoint + steps));
  });
}

function requireWeights(input: Int8Array, { weights, biases }: DenseLayer): void {
  const wanted = input.length * biases.length;
  if (weights.length === wanted) return;
  throw new RangeError(
    `weights must be ${biases.length} units of ${input.length} codes, ${wanted} in all; there are ${weights.length}.`,
  );
}
