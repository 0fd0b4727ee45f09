import type { Lateness } from '../../../instructor/late.ts';

/** A span of time in the largest fitting unit. */
const span = (minutes: number): string => {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 60 * 48) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
};

/** How late, and by whose exception: the file only claims to be of that student, and nobody but the instructor reads it. */
export const lateWordsForInstructor = (
  late: Lateness | undefined,
  { revealed }: { revealed: boolean },
): string => {
  if (late?.exception === undefined) return lateWords(late);
  const by = revealed ? `the exception for “${late.exception}”` : 'an exception';
  return `${lateWords(late)}, by ${by}`;
};

/** How late, in words that need no colour. */
export const lateWords = (late: Lateness | undefined): string => {
  if (!late) return 'time unknown';
  switch (late.state) {
    case 'early':
      return 'before it opened';
    case 'on-time':
      return 'on time';
    case 'grace':
      return `within the grace (${span(late.minutesLate)})`;
    case 'refused':
      return `refused: ${span(late.minutesLate)} late`;
    default:
      return late.factor === 1
        ? `${span(late.minutesLate)} late`
        : `${span(late.minutesLate)} late: × ${late.factor}`;
  }
};
