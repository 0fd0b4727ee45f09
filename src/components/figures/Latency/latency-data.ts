/** What each network of the book costs, from the committed results. */
import type { Section44Results } from '../../../../scripts/results/sections/4.4.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { Costs } from './latency.ts';

/** The networks in the order of the menu: the heavy model first. */
const NAMES = ['lenet-5', 'lenet-300-100', 'bn-cnn', 'depthwise-net'];

export function networkCosts(): Costs {
  const { networks } = sectionResults<Section44Results>('4.4');
  return Object.fromEntries(
    NAMES.map((name) => {
      const { float32, int8 } = networks[name]!;
      return [
        name,
        {
          macs: float32.macs,
          weightBytes: { float32: float32.weightBytes, int8: int8.weightBytes },
        },
      ];
    }),
  );
}
