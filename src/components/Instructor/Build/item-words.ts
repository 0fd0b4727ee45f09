import type { CatalogueItem, Ladder } from '../../../instructor/catalogue.ts';

/** What there is to do in an exercise, from one expression to an open design: in a word, and in a few more. */
export const TASKS: Readonly<Record<Ladder, { name: string; about: string }>> = {
  'fill-in': { name: 'fill in', about: 'an expression' },
  implement: { name: 'implement', about: 'a function' },
  investigate: { name: 'investigate', about: 'what is at fault' },
  design: { name: 'design', about: 'within a budget' },
};

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
    ...(ladder === undefined ? [] : [TASKS[ladder].name]),
    ...(difficulty === undefined ? [] : [`difficulty ${difficulty} of 5`]),
    minutesWords(minutes),
    pointsWords(points),
  ].join(' · ');
