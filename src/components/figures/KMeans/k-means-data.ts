/** The weights of the heavy model’s widest layer, counted when the site is built. */
import { modelFacts } from '../../../build/model-facts.ts';
import type { Counted } from './k-means.ts';

export const BINS = 401; // odd, so that zero is the middle of a bin

/** The data of the figure: `dense_1` of LeNet-5. */
export function countedWeights(): Counted {
  const fact = modelFacts('lenet-5').find(
    ({ layer, role }) => layer === 'dense_1' && role === 'kernel',
  );
  if (!fact) throw new Error('lenet-5 has no kernel in the layer dense_1.');
  const limit = fact.values.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const bins = new Array<number>(BINS).fill(0);
  for (const weight of fact.values) {
    bins[Math.min(BINS - 1, Math.floor(((weight / limit + 1) / 2) * BINS))]! += 1;
  }
  return { limit: Number(limit.toPrecision(6)), bins };
}
