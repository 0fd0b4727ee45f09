import { describe, expect, test } from 'vitest';
import { gradeQuiz } from '../../../../src/instructor/grade/grade-quiz.ts';
import type { GradedItem, QuizKey } from '../../../../src/instructor/grade/graded.ts';
import { pinnedKey } from '../../../../src/instructor/grade/quiz-versions.ts';
import { itemVersion } from '../../../../src/instructor/item-version.ts';
import type { PinnedQuestion, QuizItem } from '../../../../src/schemas/assignment.ts';
import { assignmentOf } from './support.ts';

/** A question with the right option marked by a star. */
const questionOf = async (...texts: string[]): Promise<PinnedQuestion> => {
  const options = texts.map((text) => ({
    text: text.replace('*', ''),
    correct: text.includes('*'),
  }));
  return {
    version: await itemVersion({ kind: 'quiz', options }),
    question: 'Which code has zero?',
    options,
  };
};

const asSet = await questionOf('−128', '0', '*the zero-point', '127');
/** The same options in another order, and another of them is right. */
const today = await questionOf('*0', 'the zero-point', '−128', '127');
/** Without 127. */
const shorter = await questionOf('the zero-point', '0', '*−128');

const item: QuizItem = { kind: 'quiz', id: 'which-code', points: 3, version: asSet.version };

const grade = async (
  tried: number[],
  {
    book = today,
    pinned = asSet,
    version = asSet.version,
    attempts = 0,
  }: {
    book?: PinnedQuestion | null;
    pinned?: PinnedQuestion | null;
    version?: string;
    attempts?: number;
  } = {},
): Promise<GradedItem> => {
  const assignment = assignmentOf({
    policy: { hints: 'free', hintCost: 0, solution: 'never', attempts },
    ...(pinned === null ? {} : { pinnedQuestions: { 'which-code': pinned } }),
  });
  const key: QuizKey | undefined = book === null ? undefined : pinnedKey(book);
  const sheets = {
    exercise: () => Promise.reject(new Error('not asked')),
    quiz: async (id: string) => (id === item.id ? key : undefined),
  };
  const answer = { kind: 'quiz' as const, id: item.id, version, tried };
  return gradeQuiz(item, answer, assignment, { sheets });
};

const codes = ({ remarks }: GradedItem): string[] => remarks.map(({ code }) => code);

describe('a question whose options the book has changed', () => {
  test('is marked by the assignment’s copy, and the mark by today’s stands beside it', async () => {
    // The right option first; by today’s it is wrong, and the right one was never tried.
    const right = await grade([2]);
    expect(right).toMatchObject({ earned: 3, status: 'passed', drift: true, earnedByBook: 0 });
    expect(right).toMatchObject({ claimedPassed: true, claimedEarned: 3 });
    expect(right.earnedByPinned).toBeUndefined();
    expect(codes(right)).toEqual(['version-drift']);
    expect(right.remarks[0]!.text).toContain('by the assignment’s own copy');
    // “0”, then the right one: by today’s right at once. The places of both differ.
    expect(await grade([1, 2])).toMatchObject({ earned: 2, status: 'partial', earnedByBook: 3 });
    expect(await grade([0])).toMatchObject({ earned: 0, status: 'failed', earnedByBook: 0 });
  });

  test('allows as many tries by either version', async () => {
    expect(await grade([0, 1, 2], { attempts: 2 })).toMatchObject({ earned: 0, earnedByBook: 2 });
    expect(await grade([0, 1, 2], { attempts: 1 })).toMatchObject({ earned: 0, earnedByBook: 0 });
  });

  test('is said to have no mark by today’s where an option that was tried is gone', async () => {
    const gone = await grade([3, 2], { book: shorter });
    expect(gone).toMatchObject({ earned: 2, status: 'partial', drift: true });
    expect(gone).not.toHaveProperty('earnedByBook');
    expect(codes(gone)).toEqual(['version-drift', 'options-gone']);
    // What was not tried may be gone; of three options a wrong one costs a half.
    const kept = await grade([2, 0], { book: shorter });
    expect(kept).toMatchObject({ earned: 3, earnedByBook: 1.5 });
    expect(codes(kept)).toEqual(['version-drift']);
    // An option that neither ever had says nothing of what is gone.
    const strange = await grade([40, 2], { book: shorter });
    expect(strange).toMatchObject({ earned: 3, status: 'partial', earnedByBook: 0 });
    expect(codes(strange)).toEqual(['version-drift', 'no-such-option']);
  });

  test('that the book no longer has is marked by the copy alone', async () => {
    const alone = await grade([2], { book: null });
    expect(alone).toMatchObject({ earned: 3, status: 'passed', drift: true });
    expect(alone).not.toHaveProperty('earnedByBook');
    expect(codes(alone)).toEqual(['version-drift']);
    expect(alone.remarks[0]!.text).toContain('no longer has');
  });

  test('answered by today’s options is marked by those, with the assignment’s mark beside', async () => {
    const late = await grade([0], { version: today.version });
    expect(late).toMatchObject({ earned: 3, status: 'passed', drift: true, earnedByBook: 3 });
    expect(late.earnedByPinned).toBe(0);
    expect(codes(late)).toEqual(['version-drift', 'answer-version']);
    expect(late.remarks[0]!.text).not.toContain('own copy');
    expect((await grade([1], { version: today.version })).earnedByPinned).toBe(3);
    const added = await questionOf('*0', 'an option of its own');
    const gone = await grade([1], { book: added, version: added.version });
    expect(gone).not.toHaveProperty('earnedByPinned');
    expect(codes(gone)).toEqual(['version-drift', 'answer-version', 'options-gone']);
  });

  test('answered by those of a third version waits for a person', async () => {
    const other = await grade([0], { version: shorter.version });
    expect(other).toMatchObject({ earned: 0, status: 'not-graded', drift: true });
    expect(other).not.toHaveProperty('earnedByBook');
    expect(codes(other)).toEqual(['version-drift', 'answer-version', 'other-options']);
    expect(codes(await grade([0], { version: shorter.version, book: null }))).toEqual([
      'version-drift',
      'answer-version',
      'other-options',
    ]);
  });

  test('is not marked by a copy that is not what it says it is', async () => {
    const easy = {
      ...asSet,
      options: asSet.options.map(({ text }, index) => ({ text, correct: index === 0 })),
    };
    const altered = await grade([0], { pinned: easy });
    expect(altered).toMatchObject({ earned: 0, status: 'not-graded' });
    expect(codes(altered)).toEqual(['pinned-altered', 'version-drift', 'other-options']);
    expect(codes(await grade([0], { pinned: { ...easy, version: '' }, book: null }))).toEqual([
      'pinned-altered',
      'quiz-unknown',
    ]);
  });

  test('without a copy waits for a person, as files from before questions were kept do', async () => {
    const bare = await grade([2], { pinned: null });
    expect(bare).toMatchObject({ earned: 0, status: 'not-graded', drift: true });
    expect(codes(bare)).toEqual(['version-drift', 'other-options']);
    const late = await grade([0], { pinned: null, version: today.version });
    expect(late).toMatchObject({ earned: 3, status: 'passed', earnedByBook: 3 });
    expect(late).not.toHaveProperty('earnedByPinned');
  });
});

test('a question as the book has it has no drift, whatever the assignment’s copy holds', async () => {
  for (const pinned of [asSet, today, null]) {
    const same = await grade([0, 2], { book: asSet, pinned });
    expect(same).toMatchObject({ earned: 2, status: 'partial', drift: false, remarks: [] });
    expect(same).not.toHaveProperty('earnedByBook');
  }
});

test('an explanation that was mended, or a space at an end, is no other version', async () => {
  const options = asSet.options.map((option) => ({ ...option, why: 'Mended.' }));
  expect(await itemVersion({ kind: 'quiz', options })).toBe(asSet.version);
  const spaced = await questionOf(' −128', '0 ', '*the zero-point\n', '127');
  expect(spaced.version).toBe(asSet.version);
  expect(await grade([1, 2], { pinned: spaced })).toMatchObject({ earned: 2, earnedByBook: 3 });
});
