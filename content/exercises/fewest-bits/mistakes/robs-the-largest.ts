/**
 * Takes bits from whichever layer is the largest until the plan fits.
 *
 * @fails best
 * @advice You took bits from the largest layer until the plan fitted. It gives back the most
 *   bytes, but nobody asked how many decibels it had to spare: if it was already the worst
 *   layer, every bit taken from it made the whole plan worse. Let the decibels say who gives and
 *   the bytes say when to stop.
 */
export interface Layer {
  name: string;
  weights: Float32Array;
  biases: number;
}

export function planBits(layers: Layer[], budget: number): number[] {
  const bits = layers.map(() => 8);
  while (!(planBytes(layers, bits) <= budget)) {
    const size = (i: number): number =>
      (bits[i] ?? 0) > 2 ? (layers[i]?.weights.length ?? 0) * (bits[i] ?? 0) : 0;
    const largest = layers.reduce((best, _, i) => (size(i) > size(best) ? i : best), 0);
    if (size(largest) === 0) {
      throw new RangeError(`budget must leave room for 2 bits a weight; it is ${budget} bytes.`);
    }
    bits[largest] = (bits[largest] ?? 0) - 1;
  }
  return bits;
}

function planBytes(layers: Layer[], bits: number[]): number {
  return layers.reduce((sum, layer, i) => sum + layerBytes(layer, bits[i] ?? 0), 0);
}

function layerBytes({ weights, biases }: Layer, bits: number): number {
  return Math.ceil((weights.length * bits) / 8) + 4 * biases;
}
