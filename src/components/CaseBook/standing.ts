import type { ProgressData } from '../../progress/records.ts';

/** How a thing stands, in words that need no colour. */
export interface Standing {
  state: 'untouched' | 'edited' | 'passed' | 'failed';
  words: string;
  done: boolean;
}

const untouched: Standing = { state: 'untouched', words: 'not yet', done: false };
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** How the thing filed under `kind:id` stands in the reader's progress. */
export const standing = (data: ProgressData, key: string): Standing => {
  const colon = key.indexOf(':');
  const kind = key.slice(0, colon);
  const id = key.slice(colon + 1);
  const find = <T extends { id: string }>(records: T[]): T | undefined =>
    records.find((record) => record.id === id);

  if (kind === 'cells') {
    const cell = find(data.cells);
    if (!cell) return untouched;
    return cell.runs > 0
      ? { state: 'passed', words: `run ${times(cell.runs)}`, done: true }
      : { state: 'edited', words: 'edited, not run', done: false };
  }
  if (kind === 'predictions') {
    const prediction = find(data.predictions);
    return prediction
      ? { state: 'passed', words: `you said: ${prediction.answer}`, done: true }
      : untouched;
  }
  if (kind === 'quizzes') {
    const quiz = find(data.quizzes);
    if (!quiz || quiz.answers.length === 0) return untouched;
    return quiz.correct
      ? {
          state: 'passed',
          words:
            quiz.answers.length === 1 ? 'right at once' : `right at try ${quiz.answers.length}`,
          done: true,
        }
      : { state: 'failed', words: 'not right yet', done: false };
  }
  const exercise = find(data.exercises);
  if (!exercise || exercise.state === 'untouched') return untouched;
  if (exercise.passedAt !== undefined || exercise.state === 'passed') {
    return { state: 'passed', words: `passed, checked ${times(exercise.attempts)}`, done: true };
  }
  return exercise.state === 'failed'
    ? { state: 'failed', words: `not passed yet, checked ${times(exercise.attempts)}`, done: false }
    : { state: 'edited', words: 'begun', done: false };
};
