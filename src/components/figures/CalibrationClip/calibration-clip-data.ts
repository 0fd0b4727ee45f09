/** The data of the figure, from the results of section 3.2. */
import { sectionResults } from '../../../build/section-results.ts';
import type { Section32Results } from '../../Computed/values/section-3-2.ts';
import { REACH, type ClipData } from './calibration-clip.ts';

export function clipData(): ClipData {
  const { clip } = sectionResults<Section32Results>('3.2');
  const shown = clip.clips.filter((value) => value <= REACH).length;
  return {
    images: clip.images,
    float: clip.float,
    binWidth: clip.binWidth,
    counts: clip.counts,
    clips: clip.clips.slice(0, shown),
    beyond: clip.beyond.slice(0, shown).map((count) => Number((count / clip.values).toFixed(6))),
    correct: Object.fromEntries(
      Object.entries(clip.correct).map(([bits, counts]) => [bits, counts.slice(0, shown)]),
    ),
    observers: clip.observers,
  };
}
