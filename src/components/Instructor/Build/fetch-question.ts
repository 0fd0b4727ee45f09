import type { PinnedQuestion } from '../../../schemas/assignment.ts';
import { pinnedQuestion, type QuizSheets } from '../Grade/quiz-sheet.ts';
import { once, siteBase } from '../../live/services.ts';

const fetchAll = once(async () => {
  const response = await fetch(`${siteBase}quizzes/index.json`);
  if (!response.ok) throw new Error(`quizzes/index.json answered ${response.status}`);
  return (await response.json()) as QuizSheets;
});

/** A question of this printing with its options and the right one, to be kept; nothing if there is none of that name. */
export const fetchQuestion = async (id: string): Promise<PinnedQuestion | undefined> => {
  const sheets = await fetchAll();
  return Object.hasOwn(sheets, id) ? pinnedQuestion(sheets[id]!) : undefined;
};
