/**
 * Multiplies the codes of the input as they are.
 *
 * @fails input-zero
 * @advice You multiply q_x itself, and a code of the input stands for zero only after Z_x has been taken away. Every sum of yours is out by Z_x times the sum of that unit’s weights, always the same amount for the same unit.
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
  const { weights, biases, outputZeroPoint } = layer;
  const real = (layer.inputScale * layer.weightScale) / layer.outputScale;
  const { multiplier, shift } = numerics.quantizeMultiplier(real);
  const lowest = layer.relu ? outputZeroPoint : -128;
  return Int8Array.from(biases, (bias, unit) => {
    let sum = bias;
    input.forEach((code, i) => {
      sum += code * weights[unit * input.length + i]!;
    });
    const steps = numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
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
