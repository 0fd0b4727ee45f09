/** What the Grade page fetches of a question: `quizzes/index.json`. */
export interface QuizSheet {
  version: string;
  /** In plain text, as the options are. */
  question: string;
  options: string[];
  /** Index of the right one. */
  correct: number;
}

/** By the question's id. */
export type QuizSheets = Record<string, QuizSheet>;
