import type { ExerciseRecord } from '../../progress/records.ts';

/** The record of an exercise that was never touched. */
export const freshRecord = (id: string): ExerciseRecord => ({
  id,
  state: 'untouched',
  code: '',
  attempts: 0,
  hintsShown: 0,
  solutionShown: false,
  lastResults: [],
  updatedAt: 0,
});
