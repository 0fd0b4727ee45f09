/** What a bit is worth, measured on the real layers and by the law: section 1.4. */
import { sqnr } from '../../../engine/numerics/index.ts';
import { type ComputedEntry, entries } from './entry.ts';
import {
  LAYER_NAMES,
  largestSize,
  layer,
  roundTrip,
  symmetricParams,
  type LayerName,
} from './layers.ts';

const rootMeanSquare = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Measured signal-to-quantization-noise ratio of a layer’s kernel, dB. */
export function layerSqnr(name: LayerName, bits: number): number {
  const { kernel } = layer(name);
  return sqnr(kernel, roundTrip(kernel, symmetricParams(kernel, bits)));
}

/** The largest weight over the typical one. */
const crest = (name: LayerName) =>
  largestSize(layer(name).kernel) / rootMeanSquare(layer(name).kernel);

/** 20 log10 Q + 10 log10 12 − 20 log10 (largest / root mean square), dB. */
const byTheLaw = (name: LayerName, bits: number) =>
  20 * Math.log10(2 ** (bits - 1) - 1) + 10 * Math.log10(12) - 20 * Math.log10(crest(name));

export const sqnrValues: Record<string, ComputedEntry> = {
  ...entries('fixed2', {
    'decibels-per-bit': () => 20 * Math.log10(2),
    ...perLayer('sqnr-step', (name) => layerSqnr(name, 8) - layerSqnr(name, 7)),
  }),
  ...entries('fixed1', {
    ...perLayer('crest', crest),
    ...perLayer('sqnr', (name) => layerSqnr(name, 8), '.8'),
    ...perLayer('sqnr-law', (name) => byTheLaw(name, 8), '.8'),
    'sqnr.logits-over-dense_1': () => layerSqnr('logits', 8) - layerSqnr('dense_1', 8),
  }),
};

function perLayer(
  head: string,
  value: (name: LayerName) => number,
  tail = '',
): Record<string, () => number> {
  return Object.fromEntries(
    LAYER_NAMES.map((name) => [`${head}.${name}${tail}`, () => value(name)]),
  );
}
