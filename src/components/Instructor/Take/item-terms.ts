import type { Assignment, PinnedExercise } from '../../../schemas/assignment.ts';
import { freshRecord } from '../../Exercise/exercise-record.ts';
import type { ExerciseSheet } from '../../Exercise/exercise-sheet.ts';
import type { ExerciseTerms } from '../../Exercise/exercise-terms.ts';
import type { QuizTerms } from '../../Quiz/quiz-terms.ts';
import type { Work, WorkOf } from './taken.ts';

/** What the items of one assignment share. */
export interface TermsContext {
  assignment: Pick<Assignment, 'id' | 'policy' | 'items'>;
  /** Whether the student's due time is past, by this device's clock. */
  over: () => boolean;
  /** The seed of the student's own variant, if there are variants. */
  seed: number | undefined;
  work: <Kind extends Work['kind']>(kind: Kind, id: string) => WorkOf<Kind> | undefined;
  keep: (work: Work) => void;
}

/** Checks as they were when the assignment was made; the advice on known mistakes is of the newer ones. */
const asPinned = (sheet: ExerciseSheet, pinned: PinnedExercise): ExerciseSheet => {
  const { entry, seed, limitMs, checks } = pinned;
  return { ...sheet, entry, seed, limitMs, checks, mistakes: [] };
};

/** Why the solution is closed under an assignment's rule; undefined when it is open. */
export const closedSolution = (
  rule: Assignment['policy']['solution'],
  { passed, over }: { passed: boolean; over: boolean },
): string | undefined => {
  if (rule === 'always') return undefined;
  if (rule === 'never') return 'This assignment keeps its solutions closed.';
  if (rule === 'after-due') {
    return over
      ? undefined
      : 'The solution opens when the due time is past and late work no longer counts.';
  }
  return passed ? undefined : 'The solution opens when your code passes its checks.';
};

/** The terms of an exercise in an assignment. */
export const exerciseTerms = (
  id: string,
  { assignment, over, seed, work, keep }: TermsContext,
  pinned?: PinnedExercise,
): ExerciseTerms => {
  const { policy } = assignment;
  return {
    key: `assignment/${assignment.id}/${id}`,
    load: () => Promise.resolve(work('exercise', id)?.record),
    save: (record) => {
      const judged = work('exercise', id)?.judged;
      keep({
        kind: 'exercise',
        id,
        record,
        ...(judged === undefined ? {} : { judged }),
        updatedAt: record.updatedAt,
      });
    },
    judgedBy: (sheet) => {
      const judge = pinned === undefined ? sheet : asPinned(sheet, pinned);
      return seed === undefined ? judge : { ...judge, seed };
    },
    judged: ({ passed, results }, code) => {
      const old = work('exercise', id);
      const judged = {
        code,
        passed,
        checks: results.filter(({ status }) => status === 'passed').length,
        of: results.length,
      };
      // The record follows at once: a Check ends in a save of it.
      keep({
        kind: 'exercise',
        id,
        record: old?.record ?? { ...freshRecord(id), code },
        judged,
        updatedAt: Date.now(),
      });
    },
    attempts: policy.attempts,
    hints: policy.hints !== 'none',
    hintPercent: policy.hints === 'cost' ? policy.hintCost : 0,
    solution: policy.solution !== 'never',
    solutionClosed: ({ passedAt }) =>
      closedSolution(policy.solution, { passed: passedAt !== undefined, over: over() }),
    // The address holds the assignment: a place in it would take its stead.
    shares: false,
  };
};

/** The terms of a question in an assignment. */
export const quizTerms = (
  id: string,
  { assignment: { policy }, over, work, keep }: TermsContext,
): QuizTerms => ({
  load: () => Promise.resolve(work('quiz', id)?.tried ?? []),
  save: (answers, correct) => {
    keep({ kind: 'quiz', id, tried: [...answers], correct, updatedAt: Date.now() });
  },
  attempts: policy.attempts,
  explainsAll: () => closedSolution(policy.solution, { passed: true, over: over() }) === undefined,
});
