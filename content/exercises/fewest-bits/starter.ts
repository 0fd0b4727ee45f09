import { numerics } from 'heavy-weights';

/** A dense layer, before it is quantized. */
export interface Layer {
  name: string;
  /** Finite, at least one. */
  weights: Float32Array;
  /** How many biases it has: each stays in float32. */
  biases: number;
}

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
  const bits = layers.map(() => 8); // Replace: eight bits for all, whatever the budget.
  if (planBytes(layers, bits) > budget) console.warn('This plan is over the budget.');
  return bits;
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

const layers: Layer[] = [
  { name: 'hall', weights: new Float32Array([1, -0.6, 0.3, 0.1]), biases: 1 },
  { name: 'attic', weights: new Float32Array([0.9, 0.8, -0.7, -0.9]), biases: 1 },
];
for (const layer of layers) {
  const row = [2, 4, 6, 8].map((bits) => `${bits} bits ${sqnrAt(layer, bits).toFixed(1)} dB`);
  console.log(layer.name, row.join(', '));
}
console.log('plan for 13 bytes:', planBits(layers, 13));
