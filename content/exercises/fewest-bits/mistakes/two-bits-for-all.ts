/**
 * Returns the smallest plan and leaves the budget unused.
 *
 * @fails best
 * @advice Your plan fits, and it is the smallest there is: 2 bits for every layer. The budget is
 *   there to be used as long as it helps the worst layer. Ask what the worst layer would be for
 *   each plan, and give bits to the one that comes off worst.
 */
export interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

export function planBits(layers: Layer[], budget: number): number[] {
  const bits = layers.map(() => 2);
  if (planBytes(layers, bits) <= budget) return bits;
  throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
}

function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

function layerBytes({ weights, biases }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8) + 4 * biases;
}
