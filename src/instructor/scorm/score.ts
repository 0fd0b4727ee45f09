import { quizMark } from '../grade/marks.ts';
import type { Tries } from './sco-state.ts';

/** What of a question decides its points. */
export interface Scored {
  points: number;
  /** Index of the right option. */
  correct: number;
  /** How many there are. */
  options: number;
  /** Different options that may be tried; 0: any number. */
  attempts: number;
}

/** 0 … 100 over all questions, answered or not, to two decimals; each by the rule of a graded hand-in. */
export function scormScore(questions: readonly Scored[], tries: Tries): number {
  const total = questions.reduce((sum, { points }) => sum + points, 0);
  if (!(total > 0)) return 0;
  const earned = questions.reduce(
    (sum, question, index) => sum + markOf(question, tries[index] ?? []),
    0,
  );
  return Math.min(100, Math.max(0, Math.round((10_000 * earned) / total) / 100));
}

/** The points of one question. */
export const markOf = (question: Scored, tried: readonly number[]): number =>
  quizMark(question, tried, question.points, question.attempts);

/** Whether nothing more can come of a question: it has its right answer, or no more may be tried. */
export const isSettled = ({ correct, attempts }: Scored, tried: readonly number[]): boolean =>
  tried.includes(correct) || (attempts > 0 && new Set(tried).size >= attempts);

export const isComplete = (questions: readonly Scored[], tries: Tries): boolean =>
  questions.every((question, index) => isSettled(question, tries[index] ?? []));

/** How many questions have their right answer. */
export const countRight = (questions: readonly Scored[], tries: Tries): number =>
  questions.filter(({ correct }, index) => tries[index]?.includes(correct) ?? false).length;
