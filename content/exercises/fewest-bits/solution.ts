import { numerics } from 'heavy-weights';

/** A dense layer, before it is quantized. */
export interface Layer {
  name: string;
  /** Finite, at least one. */
  weights: Float32Array;
  /** How many biases it has: each stays in float32. */
  biases: number;
}

const choices = [2, 3, 4, 5, 6, 7, 8];

/**
 * The bits for each layer: of all plans within the budget one whose worst layer has the largest SQNR,
 * and of those the one with the fewest bytes.
 *
 * @param layers any number of layers
 * @param budget bytes that the plan may take
 * @returns whole numbers from 2 to 8, one a layer
 * @throws RangeError when 2 bits for every layer are too many
 */
export function planBits(layers: Layer[], budget: number): number[] {
  if (layers.length === 0) return [];
  const tables = layers.map((layer) => choices.map((bits) => sqnrAt(layer, bits)));
  // The worst layer's SQNR is one of the entries. If it must be at least t, the choice for every layer
  // is forced: the fewest bits that reach t. So try the entries, from the best down.
  const thresholds = tables.flat().sort((a, b) => b - a);
  for (const threshold of thresholds) {
    const bits = tables.map((row) => choices[row.findIndex((decibels) => decibels >= threshold)]);
    if (bits.every((one) => one !== undefined) && planBytes(layers, bits) <= budget) return bits;
  }
  throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
}

/** Bytes of a whole plan. */
function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

/** Bytes of a layer: its kernel, packed and rounded up, and four for each bias. */
function layerBytes({ weights, biases }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8) + 4 * biases;
}

/** Decibels that are left of a layer at so many bits, on a symmetric grid of its own. */
function sqnrAt({ weights }: Layer, bits: number): number {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  const restored = numerics.dequantize(numerics.quantize(weights, params), params);
  return numerics.sqnr(weights, restored);
}
