/** Real weights, counted when the site is built: a fine histogram a layer, and the codes at every width. */
import { maxAbsError, quantize, sqnr } from '../../../engine/numerics/index.ts';
import {
  allLayers,
  largestSize,
  roundTrip,
  symmetricParams,
} from '../../Computed/values/layers.ts';
import type { HistogramLayer } from './weight-histogram.ts';

export const BINS = 121; // odd, so that zero is the middle of a bin
export const WIDTHS = [2, 3, 4, 5, 6, 7, 8];

/** The data of the figure: about 2,000 counts, small enough to lie in the page. */
export function histogramLayers(): HistogramLayer[] {
  return allLayers().map(({ name, kernel }) => {
    const limit = largestSize(kernel);
    const bins = new Array<number>(BINS).fill(0);
    for (const weight of kernel) {
      bins[Math.min(BINS - 1, Math.floor(((weight + limit) / (2 * limit)) * BINS))]! += 1;
    }
    const widths = WIDTHS.map((bits) => {
      const params = symmetricParams(kernel, bits);
      const restored = roundTrip(kernel, params);
      const counts = new Array<number>(2 * params.qmax + 1).fill(0);
      for (const code of quantize(kernel, params)) counts[code + params.qmax]! += 1;
      return {
        bits,
        scale: Number(params.scale.toPrecision(6)),
        sqnr: Number(sqnr(kernel, restored).toFixed(4)),
        largestError: Number(maxAbsError(kernel, restored).toPrecision(4)),
        counts,
      };
    });
    return { name, weights: kernel.length, limit: Number(limit.toPrecision(6)), bins, widths };
  });
}
