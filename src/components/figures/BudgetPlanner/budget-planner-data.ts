/** The committed measurements of section 6.2, as the figure wants them. */
import type { Section62Results } from '../../../../scripts/results/sections/6.2.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { FLASH_BYTES, RAM_BYTES } from '../../Computed/values/lenet.ts';
import type { PlannerData } from './budget-planner.ts';

/** Share of the cards that may be misread. */
const MISREAD = 0.015;

const LABELS: Record<Section62Results['forms'][number]['id'], string> = {
  whole: 'whole',
  zeros: 'nine tenths zeros',
  units: '45% of dense_1 cut',
  channels: '20%, 40%, 60% cut',
  deep: '40%, 50%, 80% cut',
};

export function plannerData(): PlannerData {
  const { testImages, forms } = sectionResults<Section62Results>('6.2');
  return {
    cards: testImages,
    budgets: { bytes: FLASH_BYTES, ram: RAM_BYTES, wrong: Math.round(testImages * MISREAD) },
    forms: forms.map(({ id, macs, formats }) => ({
      id,
      label: LABELS[id],
      macs,
      formats: formats.map(({ format, bytes, ram, correct }) => ({
        format,
        bytes,
        ram,
        wrong: testImages - correct,
      })),
    })),
  };
}
