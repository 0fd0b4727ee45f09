/** The pair of layers that the figure shows, from the results of section 3.3. */
import { sectionResults } from '../../../build/section-results.ts';
import type { Section33Results } from '../../Computed/values/section-3-3.ts';
import type { PairLayer } from './equalization.ts';

export const equalizationPair = (): [PairLayer, PairLayer] =>
  sectionResults<Section33Results>('3.3').pair;
