import type { Assignment, PinnedQuestion } from '../../schemas/assignment.ts';

export interface PinnedQuestions {
  pinnedQuestions: Record<string, PinnedQuestion>;
  /** Ids of questions that could not be kept: this printing has other options, and nothing has the old. */
  lost: string[];
}

/**
 * Gathers the questions of an assignment with the options they were set with, so that any later printing can mark by them.
 *
 * @param old - questions that were kept before: one of another version than the book's present one comes from there
 * @param question - the present one; nothing if this printing has none of that name
 */
export const pinQuestions = async (
  { items }: Pick<Assignment, 'items'>,
  old: Readonly<Record<string, PinnedQuestion>>,
  question: (id: string) => Promise<PinnedQuestion | undefined>,
): Promise<PinnedQuestions> => {
  const pinnedQuestions: Record<string, PinnedQuestion> = {};
  const lost: string[] = [];
  for (const { id, version } of items.filter((item) => item.kind === 'quiz')) {
    const kept = Object.hasOwn(old, id) ? old[id] : undefined;
    const found = kept?.version === version ? kept : await question(id);
    if (found?.version === version) pinnedQuestions[id] = found;
    else lost.push(id);
  }
  return { pinnedQuestions, lost: lost.sort() };
};
