/** The layers over which the figure lays its levels, from the results of section 5.4. */
import { sectionResults } from '../../../build/section-results.ts';
import type { BitsLayer } from './few-bits.ts';

export const fewBitsLayers = (): BitsLayer[] =>
  sectionResults<{ layers: BitsLayer[] }>('5.4').layers;
