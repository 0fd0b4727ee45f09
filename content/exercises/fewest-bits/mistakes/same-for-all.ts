/**
 * Gives every layer the same number of bits, as many as fit.
 *
 * @fails best
 * @advice You gave every layer the same number of bits. That is safe, and seldom the best: one
 *   layer may need six bits for what another has at four, and what the second does not need
 *   would pay for the first. Compare the layers by their decibels and let the bits differ.
 */
export interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

export function planBits(layers: Layer[], budget: number): number[] {
  for (let choice = 8; choice >= 2; choice--) {
    const bits = layers.map(() => choice);
    if (planBytes(layers, bits) <= budget) return bits;
  }
  throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
}

function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

function layerBytes({ weights, biases }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8) + 4 * biases;
}
