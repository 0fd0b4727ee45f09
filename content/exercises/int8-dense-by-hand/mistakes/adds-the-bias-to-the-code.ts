/**
 * Adds the bias after scaling.
 *
 * @fails biases
 * @advice The biases are written at the scale of the sums, s_x s_w. Add each to its sum before you scale; added to a code it is many times too large.
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
  const { multiplier, shift } = numerics.quantizeMultiplier(real);
  const lowest = layer.relu ? outputZeroPoint : -128;
  return Int8Array.from(biases, (bias, unit) => {
    let sum = 0;
    input.forEach((code, i) => {
      sum += (code - inputZeroPoint) * weights[unit * input.length + i]!;
    });
    const steps = numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
    return Math.max(lowest, Math.min(127, outputZeroPoint + steps + bias));
  });
}

function requireWeights(input: Int8Array, { weights, biases }: DenseLayer): void {
  const wanted = input.length * biases.length;
  if (weights.length === wanted) return;
  throw new RangeError(
    `weights must be ${biases.length} units of ${input.length} codes, ${wanted} in all; there are ${weights.length}.`,
  );
}
