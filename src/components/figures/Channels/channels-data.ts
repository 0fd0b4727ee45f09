/** What section 5.5 measured, as the figure wants it. */
import type { Section55Results } from '../../../../scripts/results/sections/5.5.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { FLASH_BYTES } from '../../Computed/values/lenet.ts';
import type { ChannelsData } from './channels.ts';

export function channelsData(): ChannelsData {
  const { testImages, cuts } = sectionResults<Section55Results>('5.5');
  return { testImages, cuts, flash: FLASH_BYTES };
}
