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
  const real = (layer.inputScale * layer.weightScale) / layer.outputScale;
  const { multiplier, shift } = numerics.quantizeMultiplier(real);
  // Replace: the sum of the first unit is to be found, scaled, moved to its zero point and held in its range.
  const steps = numerics.multiplyByQuantizedMultiplier(0, multiplier, shift);
  return Int8Array.from(layer.biases, () => steps);
}

function requireWeights(input: Int8Array, { weights, biases }: DenseLayer): void {
  const wanted = input.length * biases.length;
  if (weights.length === wanted) return;
  throw new RangeError(
    `weights must be ${biases.length} units of ${input.length} codes, ${wanted} in all; there are ${weights.length}.`,
  );
}

const layer = {
  weights: new Int8Array([3, 4, -20, 10]),
  biases: new Int32Array([100, -50]),
  inputScale: 0.02,
  inputZeroPoint: 2,
  weightScale: 0.01,
  outputScale: 0.004,
  outputZeroPoint: -10,
  relu: false,
};
console.log(denseInt8(new Int8Array([12, -3]), layer), '(-4 and -25 expected)');
