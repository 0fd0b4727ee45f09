import type { Assignment } from '../../schemas/assignment.ts';
import { own } from './own.ts';

/**
 * What every student had in front of them of an exercise, or may have been shown: likeness of that is nobody's doing. One
 * rule for the page and the command.
 *
 * @param book - the book's texts of today, as far as it has them
 */
export const givenTexts = (
  { pinned, policy }: Pick<Assignment, 'pinned' | 'policy'>,
  exercise: string,
  { starter, solution }: { starter?: string | undefined; solution?: string | undefined } = {},
): string[] =>
  [own(pinned, exercise)?.starter, starter, policy.solution === 'never' ? undefined : solution]
    // Of two equal texts one is enough.
    .filter((text, index, all) => text !== undefined && all.indexOf(text) === index)
    .map(String);
