import { keep, openStore } from '../live/services.ts';

/** Where the answers to a question are kept, and how freely it explains itself. */
export interface QuizTerms {
  /** Indexes of the options tried before, in order. */
  load: () => Promise<readonly number[]>;
  save: (answers: readonly number[], correct: boolean) => void;
  /** Answers allowed; 0: any number. */
  readonly attempts: number;
  /** Whether the options that were not chosen may say why, once the right one was found. */
  explainsAll: () => boolean;
}

/** Those of the book. */
export const bookQuizTerms = (id: string, section: string): QuizTerms => ({
  load: async () => (await (await openStore()).quiz(id))?.answers ?? [],
  save: (answers, correct) => {
    const record = { id, answers: [...answers], correct, section, updatedAt: Date.now() };
    keep((store) => store.saveQuiz(record));
  },
  attempts: 0,
  explainsAll: () => true,
});
