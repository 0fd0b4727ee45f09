import { freshRecord } from '../../../../../src/components/Exercise/exercise-record.ts';
import { itemKey } from '../../../../../src/components/Instructor/Take/taken.ts';
import type { Judged, Work, WorkOf } from '../../../../../src/components/Instructor/Take/taken.ts';
import type { ExerciseRecord } from '../../../../../src/progress/records.ts';

/** Work at an exercise, edited to `code`. */
export const exerciseWork = (
  id: string,
  code: string,
  { judged, ...record }: Partial<ExerciseRecord> & { judged?: Judged } = {},
): WorkOf<'exercise'> => ({
  kind: 'exercise',
  id,
  record: { ...freshRecord(id), state: 'edited', code, ...record },
  ...(judged === undefined ? {} : { judged }),
  updatedAt: 1,
});

export const quizWork = (id: string, tried: number[], correct: boolean): WorkOf<'quiz'> => ({
  kind: 'quiz',
  id,
  tried,
  correct,
  updatedAt: 1,
});

export const writtenWork = (id: string, text: string): WorkOf<'written'> => ({
  kind: 'written',
  id,
  text,
  updatedAt: 1,
});

export const allOf = (...works: Work[]): Map<string, Work> =>
  new Map(works.map((work) => [itemKey(work), work]));
