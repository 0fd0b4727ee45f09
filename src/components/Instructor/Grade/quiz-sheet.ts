import type { PinnedQuestion } from '../../../schemas/assignment.ts';

/** What the Grade page fetches of a question: `quizzes/index.json`. The Build page pins it. */
export interface QuizSheet {
  version: string;
  /** In plain text, as the options are. */
  question: string;
  options: string[];
  /** The options as the book's file has them: their version is of these. */
  source: string[];
  /** Index of the right one. */
  correct: number;
}

/** By the question's id. */
export type QuizSheets = Record<string, QuizSheet>;

/** What an assignment's file keeps of a question. */
export const pinnedQuestion = ({
  version,
  question,
  source,
  correct,
}: QuizSheet): PinnedQuestion => ({
  version,
  question,
  options: source.map((text, index) => ({ text, correct: index === correct })),
});
