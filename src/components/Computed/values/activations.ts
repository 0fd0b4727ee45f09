/** Scales for what the first layer sends on, over the images of the cell in section 1.3. */
import { chooseQuantizationParams, type ValueRange } from '../../../engine/numerics/index.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { denseOutput, testImage } from './forward.ts';

const IMAGES = 200;
let range: ValueRange | undefined;

function sentRange(): ValueRange {
  if (!range) {
    range = { min: 0, max: 0 };
    for (let i = 0; i < IMAGES; i++) {
      for (const value of denseOutput('dense_1', testImage(i)))
        range.max = Math.max(range.max, value);
    }
  }
  return range;
}

export const activationValues: Record<string, ComputedEntry> = entries('sig3', {
  'activations.affine-scale': () => chooseQuantizationParams(sentRange(), { numBits: 8 }).scale,
  'activations.symmetric-scale': () =>
    chooseQuantizationParams(sentRange(), { numBits: 8, symmetric: true }).scale,
});
