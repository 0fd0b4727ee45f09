/**
 * Counts the kernels only.
 *
 * @fails fits
 * @advice Your plans are over the budget: you counted the kernels and forgot the biases. They
 *   stay in float32, four bytes each, and no choice of bits makes them smaller.
 */
import { numerics } from 'heavy-weights';

export interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

const choices = [2, 3, 4, 5, 6, 7, 8];

export function planBits(layers: Layer[], budget: number): number[] {
  if (layers.length === 0) return [];
  const tables = layers.map((layer) => choices.map((bits) => sqnrAt(layer, bits)));
  const thresholds = tables.flat().sort((a, b) => b - a);
  for (const threshold of thresholds) {
    const bits = tables.map((row) => choices[row.findIndex((decibels) => decibels >= threshold)]);
    if (bits.every((one) => one !== undefined) && planBytes(layers, bits) <= budget) return bits;
  }
  throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
}

function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

function layerBytes({ weights }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8);
}

function sqnrAt({ weights }: Layer, bits: number): number {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  const restored = numerics.dequantize(numerics.quantize(weights, params), params);
  return numerics.sqnr(weights, restored);
}
