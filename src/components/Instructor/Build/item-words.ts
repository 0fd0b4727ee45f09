import type { CatalogueItem } from '../../../instructor/catalogue.ts';

const RUNGS = {
  'fill-in': 'fill in',
  implement: 'implement',
  investigate: 'investigate',
  design: 'design',
} as const;

export const pointsWords = (points: number): string =>
  points === 1 ? '1 point' : `${points} points`;

export const minutesWords = (minutes: number): string => {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
};

/** What an item is, in a line: `Exercise · implement · difficulty 2 of 5 · 10 min · 4 points`. */
export const itemWords = ({ kind, ladder, difficulty, minutes, points }: CatalogueItem): string =>
  [
    kind === 'exercise' ? 'Exercise' : 'Question',
    ...(ladder === undefined ? [] : [RUNGS[ladder]]),
    ...(difficulty === undefined ? [] : [`difficulty ${difficulty} of 5`]),
    minutesWords(minutes),
    pointsWords(points),
  ].join(' · ');
