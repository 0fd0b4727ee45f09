import type { Assignment, QuizItem, WrittenItem } from '../../schemas/assignment.ts';
import type { QuizAnswer, WrittenAnswer } from '../../schemas/hand-in.ts';
import type { GradeContext, GradedItem, Remark } from './graded.ts';
import { quizMark, statusOf } from './marks.ts';

/**
 * Judges the options that were tried by the book's key: the answer is the options, and no claim of being right is read.
 * Options are told by their places, so that an answer to options of another version is for a person to judge.
 */
export const gradeQuiz = async (
  item: QuizItem,
  { tried, version }: QuizAnswer,
  { policy, book }: Pick<Assignment, 'policy' | 'book'>,
  { sheets }: Pick<GradeContext, 'sheets'>,
): Promise<GradedItem> => {
  const key = await sheets.quiz(item.id);
  const remarks: Remark[] = [];
  if (key !== undefined && key.version !== item.version) {
    remarks.push({
      code: 'version-drift',
      text: `The options of ${item.id} have changed in the book since the assignment was made.`,
    });
  }
  if (version !== item.version) {
    remarks.push({
      code: 'answer-version',
      text: `The student’s page had version ${version} of the question; the assignment names ${item.version}.`,
    });
  }
  if (key === undefined) {
    remarks.push({
      code: 'quiz-unknown',
      text: `This printing of the book has no question ${item.id}. Open the printing that the assignment was made in.`,
    });
  } else if (tried.some((index) => index >= key.options)) {
    remarks.push({ code: 'no-such-option', text: 'It names an option that the question has not.' });
  }
  if (key !== undefined && version !== key.version) {
    remarks.push({
      code: 'other-options',
      text: `It answers other options of ${item.id} than the book has today: look them up in printing ${book}, and give the points.`,
    });
  }
  const isJudged = key?.version === version;
  const earned =
    key !== undefined && isJudged ? quizMark(key, tried, item.points, policy.attempts) : 0;
  const isRight = isJudged && tried[0] === key?.correct;
  return {
    ...blank(item),
    earned,
    status: tried.length === 0 ? 'missing' : isJudged ? statusOf(earned, isRight) : 'not-graded',
    // The answer is all that there is to claim.
    claimedPassed: isRight,
    claimedEarned: earned,
    drift: key !== undefined && key.version !== item.version,
    attempts: tried.length,
    remarks,
  };
};

/** A written answer is for a person to mark. */
export const gradeWritten = (item: WrittenItem, { text }: WrittenAnswer): GradedItem => ({
  ...blank(item),
  status: text.trim() === '' ? 'missing' : 'to-mark',
});

/** An item that was not answered. */
export const blank = ({
  kind,
  id,
  points,
}: Pick<GradedItem, 'kind' | 'id' | 'points'>): GradedItem => ({
  kind,
  id,
  points,
  earned: 0,
  status: 'missing',
  claimedPassed: false,
  claimedEarned: 0,
  drift: false,
  hints: 0,
  attempts: 0,
  solutionShown: false,
  remarks: [],
});
