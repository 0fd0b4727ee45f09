import type { Assignment, QuizItem } from '../../schemas/assignment.ts';
import type { QuizAnswer } from '../../schemas/hand-in.ts';
import { blank } from './grade-others.ts';
import type { GradeContext, GradedItem, QuizKey, Remark } from './graded.ts';
import { quizMark, statusOf } from './marks.ts';
import { own } from './own.ts';
import { resolveQuizVersions, sameOptions } from './quiz-versions.ts';

/**
 * Judges the options that were tried by the key of the options that the student had, the assignment's or the book's: the
 * answer is the options, and no claim of being right is read. Options are told by their places, so that an answer to
 * options which are not at hand is for a person to judge.
 */
export const gradeQuiz = async (
  item: QuizItem,
  answer: QuizAnswer,
  {
    policy,
    book: printing,
    pinnedQuestions,
  }: Pick<Assignment, 'policy' | 'book' | 'pinnedQuestions'>,
  { sheets }: Pick<GradeContext, 'sheets'>,
): Promise<GradedItem> => {
  const { tried } = answer;
  const { marking, beside, isPinned, drift, remarks } = await resolveQuizVersions(
    item,
    answer.version,
    await sheets.quiz(item.id),
    own(pinnedQuestions, item.id),
  );
  const by = ({ options, correct }: QuizKey, places: readonly number[]): number =>
    quizMark({ options: options.length, correct }, places, item.points, policy.attempts);
  const earned = marking === undefined ? 0 : by(marking, tried);
  const isRight = marking !== undefined && tried[0] === marking.correct;
  const judged = marking === undefined ? 'not-graded' : statusOf(earned, isRight);
  const places = marking && beside && sameOptions(tried, marking, beside);
  const other = beside && places && by(beside, places);
  return {
    ...blank(item),
    earned,
    status: tried.length === 0 ? 'missing' : judged,
    // The answer is all that there is to claim.
    claimedPassed: isRight,
    claimedEarned: earned,
    drift,
    ...(drift && marking !== undefined && !isPinned ? { earnedByBook: earned } : {}),
    ...(other === undefined ? {} : { [isPinned ? 'earnedByBook' : 'earnedByPinned']: other }),
    attempts: tried.length,
    remarks: [
      ...remarks,
      ...answerRemarks(item, answer, marking),
      ...(marking === undefined && !remarks.some(({ code }) => code === 'quiz-unknown')
        ? [notAtHand(item, answer, printing)]
        : []),
      ...(marking && beside && places === undefined ? [gone(item.id, isPinned)] : []),
    ],
  };
};

const answerRemarks = (
  { version: named }: Pick<QuizItem, 'version'>,
  { tried, version }: Pick<QuizAnswer, 'tried' | 'version'>,
  marking: QuizKey | undefined,
): Remark[] => [
  ...(version === named
    ? []
    : [
        {
          code: 'answer-version',
          text: `The student’s page had version ${version} of the question; the assignment names ${named}.`,
        },
      ]),
  ...(marking !== undefined && tried.some((index) => index >= marking.options.length)
    ? [{ code: 'no-such-option', text: 'It names an option that the question has not.' }]
    : []),
];

/** Options of a third version, or of the assignment's where no copy came with it. */
const notAtHand = (
  { id, version: named }: Pick<QuizItem, 'id' | 'version'>,
  { version }: Pick<QuizAnswer, 'version'>,
  printing: string,
): Remark => ({
  code: 'other-options',
  text:
    version === named
      ? `It answers other options of ${id} than the book has today. Load the assignment’s file, if it keeps them; or look them up in printing ${printing}, and give the points.`
      : `It answers other options of ${id} than the assignment and the book of today have: look them up in the printing that the student had, and give the points.`,
});

const gone = (id: string, isPinned: boolean): Remark => ({
  code: 'options-gone',
  text: isPinned
    ? `An option that was tried is not among those that the book has of ${id} today: there is no mark by today’s.`
    : `An option that was tried is not among those that ${id} had when the assignment was made: there is no mark by those.`,
});
