/** The values of the last layer in the smallest file of the heavy model, with their counts. */
import type { Section56Results } from '../../../../scripts/results/sections/5.6.ts';
import { sectionResults } from '../../../build/section-results.ts';
import type { Symbol } from './huffman-tree.ts';

const FIRST_LETTER = 'a'.charCodeAt(0);

export function symbols(): Symbol[] {
  return sectionResults<Section56Results>('5.6').alphabet.map(({ value, count }, i) => ({
    letter: String.fromCharCode(FIRST_LETTER + i),
    value,
    count,
  }));
}
