/**
 * Finds the best plan and then spends what is left of the budget on the other layers.
 *
 * @fails fewest
 * @advice Your worst layer is as good as it can be, and you then spent the rest of the budget on
 *   the others. A plan is as good as its worst layer, so those bytes bought nothing. Stop when
 *   the worst layer cannot be helped any more.
 */
import { numerics } from 'heavy-weights';

export interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

export function planBits(layers: Layer[], budget: number): number[] {
  const bits = layers.map(() => 2);
  if (!(planBytes(layers, bits) <= budget)) {
    throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
  }
  const open = new Set(layers.keys());
  while (open.size > 0) {
    const quality = (i: number): number => {
      const layer = layers[i];
      return layer === undefined ? NaN : sqnrAt(layer, bits[i] ?? 0);
    };
    const worst = [...open].reduce((low, i) => (quality(i) < quality(low) ? i : low));
    const raised = bits.map((one, i) => (i === worst ? one + 1 : one));
    if ((raised[worst] ?? 9) > 8 || planBytes(layers, raised) > budget) open.delete(worst);
    else bits[worst] = raised[worst] ?? 8;
  }
  return bits;
}

function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

function layerBytes({ weights, biases }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8) + 4 * biases;
}

function sqnrAt({ weights }: Layer, bits: number): number {
  const options = { numBits: bits, symmetric: true, narrowRange: true };
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), options);
  const restored = numerics.dequantize(numerics.quantize(weights, params), params);
  return numerics.sqnr(weights, restored);
}
