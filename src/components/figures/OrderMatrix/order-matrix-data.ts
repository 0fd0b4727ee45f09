/** The committed measurements of section 3.6, as the figure wants them. */
import type { Section36Results } from '../../../../scripts/results/sections/3.6.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { OrderData } from './order-matrix.ts';

const FLOAT32_BYTES = 4;

/** The data of the figure: every order of three operations, done carelessly and with care. */
export function orderData(): OrderData {
  const { weights, sparsity, clusters, testImages, states } =
    sectionResults<Section36Results>('3.6');
  return {
    weights,
    sparsity,
    clusters,
    testImages,
    floatBytes: weights * FLOAT32_BYTES,
    states: states.map(({ order, careful, zeros, values, onGrid, bytes, correct }) => ({
      order,
      careful,
      zeros,
      values,
      onGrid,
      bytes,
      correct,
    })),
  };
}
