/** The first weight of the last layer, quantized by hand in section 1.3. */
import { quantize } from '../../../engine/numerics/index.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { layer, roundTrip, symmetricParams } from './layers.ts';

const kernel = () => layer('logits').kernel;
const weight = () => kernel()[0]!;
const scale = () => symmetricParams(kernel()).scale;
const restored = () => roundTrip(kernel().subarray(0, 1), symmetricParams(kernel()))[0]!;

export const firstWeightValues: Record<string, ComputedEntry> = {
  ...entries('sig4', {
    'first-weight.value': weight,
    'first-weight.scale': scale,
    'first-weight.restored': restored,
  }),
  ...entries('fixed3', { 'first-weight.steps': () => weight() / scale() }),
  ...entries('integer', {
    'first-weight.code': () => quantize(kernel().subarray(0, 1), symmetricParams(kernel()))[0]!,
  }),
  ...entries('sig3', { 'first-weight.error': () => Math.abs(weight() - restored()) }),
};
