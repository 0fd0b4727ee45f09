import { numerics } from 'heavy-weights';

/** A dense layer in integers. */
export interface DenseLayer {
  /** The codes of the first unit, then those of the second, and so on. */
  weights: Int8Array;
  /** One a unit, at the scale of the sums. */
  biases: Int32Array;
  inputScale: number;
  inputZeroPoint: number;
  weightScale: number;
  outputScale: number;
  outputZeroPoint: number;
  relu: boolean;
}

/**
 * What the layer makes of its input, in integers throughout.
 *
 * @param input codes, at least one
 * @param layer the layer
 * @returns one code for each unit
 * @throws RangeError if the weights are not as many as units times inputs
 */
export function denseInt8(input: Int8Array, layer: DenseLayer): Int8Array {
  requireWeights(input, layer);
  const { weights, biases, inputZeroPoint, outputZeroPoint } = layer;
  const real = (layer.inputScale * layer.weightScale) / layer.outputScale;
  const { multiplier, shift } = numerics.quantizeMultiplier(real);
  const lowest = layer.relu ? outputZeroPoint : -128;
  return Int8Array.from(biases, (bias, unit) => {
    let sum = bias;
    input.forEach((code, i) => {
      sum += (code - inputZeroPoint) * weights[unit * input.length + i]!;
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
