import type { ExerciseRecord } from '../../progress/records.ts';
import type { CheckReport } from '../../runtime/protocol.ts';
import { keep, openStore } from '../live/services.ts';
import type { ExerciseSheet } from './exercise-sheet.ts';

/**
 * Where the work at an exercise is kept, and under which rules it is done. In the book the reader makes
 * their own rules; an assignment brings its instructor's.
 */
export interface ExerciseTerms {
  /** Names the work in drafts and editors: one exercise may stand in the book and in several assignments. */
  readonly key: string;
  load: () => Promise<ExerciseRecord | undefined>;
  save: (record: ExerciseRecord) => void;
  /** The sheet by which this work is judged: as pinned, or with inputs of the student's own. */
  judgedBy: (sheet: ExerciseSheet) => ExerciseSheet;
  /** Told of every Check that came to a report. */
  judged: (report: CheckReport, code: string) => void;
  /** Checks allowed; 0: any number. */
  readonly attempts: number;
  /** Whether there are hints, and what each of them costs: per cent of the item's points. */
  readonly hints: boolean;
  readonly hintPercent: number;
  /** Whether there is a button for the solution. */
  readonly solution: boolean;
  /** Why the solution is closed, in words for the reader; undefined when it is open. */
  solutionClosed: (
    record: { passedAt?: number | undefined },
    hintsLeft: number,
  ) => string | undefined;
  /** Whether a link to the task's place makes sense. */
  readonly shares: boolean;
}

/** Those of the book: everything is the reader's own. */
export const bookTerms = (id: string): ExerciseTerms => ({
  key: `exercise/${id}`,
  load: async () => (await openStore()).exercise(id),
  save: (record) => {
    keep((store) => store.saveExercise(record));
  },
  judgedBy: (sheet) => sheet,
  judged: () => undefined,
  attempts: 0,
  hints: true,
  hintPercent: 0,
  solution: true,
  solutionClosed: ({ passedAt }, hintsLeft) =>
    passedAt === undefined && hintsLeft > 0
      ? `The solution opens when your code passes, or after the hints: ${hintsLeft} to go.`
      : undefined,
  shares: true,
});
