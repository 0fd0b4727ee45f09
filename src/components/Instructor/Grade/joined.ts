import type { Assignment } from '../../../schemas/assignment.ts';

/**
 * The assignment as it was opened now, with what is known of it from before. A link has neither the exercises as they
 * were nor anybody's exceptions: they stay. A file has both, and exceptions that are gone from it are gone. The questions
 * as they were are in the instructor's own file alone: they stay whenever another was opened.
 */
export const joined = (now: Assignment, before: Assignment): Assignment => {
  const pinned = now.pinned ?? before.pinned;
  const pinnedQuestions = now.pinnedQuestions ?? before.pinnedQuestions;
  const isFile = now.pinned !== undefined || now.exceptions.length > 0;
  return {
    ...now,
    ...(pinned === undefined ? {} : { pinned }),
    ...(pinnedQuestions === undefined ? {} : { pinnedQuestions }),
    exceptions: isFile ? now.exceptions : before.exceptions,
  };
};
