/** The model’s bytes with its weights in fewer bits: section 1.4. */
import { type ComputedEntry, entries } from './entry.ts';
import { allLayers } from './layers.ts';
import { FLASH_BYTES } from './lenet.ts';

const SCALE_BYTES = 4;
const BIAS_BYTES = 4;

/** Weights in so many bits, rounded up to whole bytes; biases in 32; and below 32 bits one float32 scale a layer. */
export function modelBytes(bits: number): number {
  return allLayers().reduce(
    (total, { kernel, bias }) =>
      total +
      Math.ceil((kernel.length * bits) / 8) +
      bias.length * BIAS_BYTES +
      (bits < 32 ? SCALE_BYTES : 0),
    0,
  );
}

export const bytesValues: Record<string, ComputedEntry> = entries('integer', {
  ...Object.fromEntries(
    [32, 8, 7, 6, 5, 4, 3, 2].map((bits) => [`bytes.${bits}`, () => modelBytes(bits)]),
  ),
  'bytes.int8-over': () => modelBytes(8) - FLASH_BYTES,
});
