import { mergeBoards } from './boards.ts';
import type {
  BoardRecord,
  ExerciseRecord,
  ProgressData,
  QuizRecord,
  StoreName,
} from './records.ts';
import { storeNames } from './database.ts';
import { keepPass } from './keep-pass.ts';
import type { RecordOf } from './database.ts';

/** What an import does to the records that are already here. */
export interface MergeCounts {
  added: number;
  updated: number;
  unchanged: number;
}

/** Lays `theirs` over `ours`: of two records of one thing the newer wins, and what was once passed stays passed. */
export const mergeProgress = (
  ours: ProgressData,
  theirs: ProgressData,
): { merged: ProgressData; counts: MergeCounts } => {
  const counts: MergeCounts = { added: 0, updated: 0, unchanged: 0 };
  const merged: Record<string, unknown[]> = {};
  for (const store of storeNames) {
    const records = new Map<string, RecordOf<StoreName>>(
      ours[store].map((record) => [record.id, record]),
    );
    for (const record of theirs[store]) {
      const old = records.get(record.id);
      const result = old ? mergeRecord(store, old, record) : record;
      if (!old) counts.added++;
      else if (JSON.stringify(result) === JSON.stringify(old)) counts.unchanged++;
      else counts.updated++;
      records.set(record.id, result);
    }
    merged[store] = [...records.values()];
  }
  return { merged: merged as unknown as ProgressData, counts };
};

const mergeRecord = (
  store: StoreName,
  ours: RecordOf<StoreName>,
  theirs: RecordOf<StoreName>,
): RecordOf<StoreName> => {
  const [older, newer] = theirs.updatedAt > ours.updatedAt ? [ours, theirs] : [theirs, ours];
  if (store === 'exercises') return mergeExercise(older as ExerciseRecord, newer as ExerciseRecord);
  if (store === 'boards') return mergeBoards(older as BoardRecord, newer as BoardRecord);
  if (store === 'quizzes') {
    return {
      ...(newer as QuizRecord),
      correct: (older as QuizRecord).correct || (newer as QuizRecord).correct,
    };
  }
  if ('runs' in older && 'runs' in newer)
    return { ...newer, runs: Math.max(older.runs, newer.runs) };
  return newer;
};

const mergeExercise = (older: ExerciseRecord, newer: ExerciseRecord): ExerciseRecord => ({
  ...keepPass(older, newer),
  state: older.state === 'passed' || newer.state === 'passed' ? 'passed' : newer.state,
  attempts: Math.max(older.attempts, newer.attempts),
  hintsShown: Math.max(older.hintsShown, newer.hintsShown),
  solutionShown: older.solutionShown || newer.solutionShown,
});
