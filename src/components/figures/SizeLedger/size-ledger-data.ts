/** The committed ledgers of section 4.3, as the figure wants them. */
import type { Section43Results } from '../../../../scripts/results/sections/4.3.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { FLASH_BYTES, RAM_BYTES } from '../../Computed/values/lenet.ts';
import type { LedgerData } from './size-ledger.ts';

/** The data of the figure: the heavy model with more and more zeros, its weights as they are and shared. */
export function ledgerData(): LedgerData {
  const { levels, states } = sectionResults<Section43Results>('4.3');
  return {
    flash: FLASH_BYTES,
    ram: RAM_BYTES,
    levels,
    states: states.map(({ zeros, values, rows }) => ({
      zeros,
      values,
      rows: rows.map(({ name, bytes, gzipBytes }) => ({ name, bytes, zipped: gzipBytes })),
    })),
  };
}
