/** The real layers of LeNet-300-100, read from the committed model when the site is built. */
import { modelFacts } from '../../../build/model-facts.ts';
import {
  chooseQuantizationParams,
  dequantize,
  minMax,
  quantize,
  type QuantizationParams,
} from '../../../engine/numerics/index.ts';

export const LAYER_NAMES = ['dense_1', 'dense_2', 'logits'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export interface DenseLayer {
  name: LayerName;
  inputs: number;
  units: number;
  kernel: Float32Array;
  bias: Float32Array;
}

let layers: Map<string, DenseLayer> | undefined;

/** One layer of the model by its name. */
export function layer(name: LayerName): DenseLayer {
  layers ??= readLayers();
  const found = layers.get(name);
  if (!found) throw new Error(`lenet-300-100 has no layer ${name}.`);
  return found;
}

export function allLayers(): DenseLayer[] {
  return LAYER_NAMES.map(layer);
}

/** Symmetric, narrow-range parameters for a whole kernel: the rule of section 1.3. */
export function symmetricParams(weights: Float32Array, numBits = 8): QuantizationParams {
  return chooseQuantizationParams(minMax(weights), { numBits, symmetric: true, narrowRange: true });
}

/** The weights after a round trip. */
export function roundTrip(weights: Float32Array, params: QuantizationParams): Float32Array {
  return dequantize(quantize(weights, params), params);
}

/** The largest size of either sign. */
export function largestSize(values: Float32Array): number {
  const { min, max } = minMax(values);
  return Math.max(-min, max);
}

function readLayers(): Map<string, DenseLayer> {
  const facts = modelFacts('lenet-300-100');
  return new Map(
    LAYER_NAMES.map((name) => {
      const part = (role: string) => {
        const found = facts.find((fact) => fact.layer === name && fact.role === role);
        if (!found) throw new Error(`lenet-300-100 has no ${role} in the layer ${name}.`);
        return found;
      };
      const kernel = part('kernel');
      const [inputs = 0, units = 0] = kernel.shape;
      return [name, { name, inputs, units, kernel: kernel.values, bias: part('bias').values }];
    }),
  );
}
