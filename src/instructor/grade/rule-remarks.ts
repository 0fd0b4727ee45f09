import type { CheckReport } from '../../runtime/protocol.ts';
import type { ExerciseItem, Policy } from '../../schemas/assignment.ts';
import type { ExerciseAnswer } from '../../schemas/hand-in.ts';
import type { Remark } from './graded.ts';

/**
 * Where an answer goes beyond the assignment's rules, by what it says of itself: a page can be told to say anything, so
 * that nothing said is no proof that the rules were kept.
 */
export const ruleRemarks = (
  { version }: Pick<ExerciseItem, 'version'>,
  answer: ExerciseAnswer,
  { hints, solution, attempts }: Policy,
): Remark[] => {
  const remarks: Remark[] = [];
  if (answer.version !== version) {
    remarks.push({
      code: 'answer-version',
      text: `The student’s page had version ${answer.version} of the exercise; the assignment names ${version}.`,
    });
  }
  if (hints === 'none' && answer.hintsShown > 0) {
    remarks.push({
      code: 'hints-opened',
      text: `${counted(answer.hintsShown, 'hint')} opened, where the assignment allows none.`,
    });
  }
  if (solution === 'never' && answer.solutionShown) {
    remarks.push({
      code: 'solution-opened',
      text: 'The solution was opened, where the assignment does not allow it.',
    });
  }
  if (solution === 'after-due' && answer.solutionShown) {
    remarks.push({
      code: 'solution-opened',
      text: 'The solution was opened, which opens after the due time: see when the work came.',
    });
  }
  if (attempts > 0 && answer.attempts > attempts) {
    remarks.push({
      code: 'attempts-exceeded',
      text: `Checked ${counted(answer.attempts, 'time')}, where the assignment allows ${attempts}.`,
    });
  }
  return remarks;
};

/** What a run showed that the instructor should know besides its results. */
export const runRemarks = (
  { results, error }: CheckReport,
  answer: Pick<ExerciseAnswer, 'claimed'>,
  right: boolean,
): Remark[] => {
  const remarks: Remark[] = [];
  if (answer.claimed.passed && !right) {
    remarks.push({
      code: 'claim-differs',
      text: 'The hand-in says that every check passed. Run again, they do not.',
    });
  }
  if (results.length === 0) {
    remarks.push({ code: 'nothing-ran', text: `No check ran. ${error?.explain ?? ''}`.trim() });
  } else if (error?.code === 'check-defect') {
    remarks.push({
      code: 'check-at-fault',
      text: `${error.explain} Look at the answer: it may be an odd one.`,
    });
  } else if (error !== undefined) {
    remarks.push({ code: 'ended', text: error.explain });
  }
  return remarks;
};

const counted = (count: number, what: string): string =>
  `${count} ${count === 1 ? what : `${what}s`}`;
