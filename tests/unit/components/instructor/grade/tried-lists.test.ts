import { describe, expect, test } from 'vitest';
import {
  pinnedQuestion,
  type QuizSheet,
} from '../../../../../src/components/Instructor/Grade/quiz-sheet.ts';
import { quizSheets } from '../../../../../src/components/Instructor/Grade/quiz-sheets.ts';
import { triedLists } from '../../../../../src/components/Instructor/Grade/tried-lists.ts';
import type { QuizQuestion } from '../../../../../src/schemas/quiz.ts';

const asked = (question: string, right: string, ...texts: string[]): QuizQuestion => ({
  id: 'q',
  section: '1.1',
  question,
  options: texts.map((text) => ({ text, correct: text === right, why: 'Because it is so, sir.' })),
});
const sheetOf = async (question: QuizQuestion): Promise<QuizSheet> =>
  (await quizSheets([question]))['q']!;

const before = await sheetOf(asked('Which *one*?', '`b`', '`a`', '`b`', 'c'));
const today = await sheetOf(asked('Which *one*?', '`a`', '`b`', '`a`', 'd'));
const graded = { points: 4, remarks: [] };

describe('what the page shows of a question', () => {
  test('as the book has it: one list in plain words, without a heading', () => {
    const pinned = pinnedQuestion(before);
    const [list, ...more] = triedLists(
      { tried: [0, 1, 9], version: before.version },
      { book: before, pinned },
      graded,
    );
    expect(more).toEqual([]);
    expect(list).toEqual({
      notes: [],
      tried: [
        { text: 'a', right: false },
        { text: 'b', right: true },
        { text: 'option 10, which there is not', right: false },
      ],
    });
  });

  test('changed since: the assignment’s version first, today’s beside it', () => {
    const lists = triedLists(
      { tried: [0, 1], version: before.version },
      { book: today, pinned: pinnedQuestion(before) },
      { ...graded, earnedByBook: 4 },
    );
    expect(lists).toEqual([
      {
        heading: 'By the assignment’s version, which gives the mark',
        notes: [],
        tried: [
          { text: 'a', right: false },
          { text: 'b', right: true },
        ],
      },
      {
        heading: 'By the book’s version of today: 4 of 4',
        notes: [],
        tried: [
          { text: 'a', right: true },
          { text: 'b', right: false },
        ],
      },
    ]);
  });

  test('an option that is gone is shown as it was set, and said to be gone', () => {
    const [kept, beside] = triedLists(
      { tried: [2], version: before.version },
      { book: today, pinned: pinnedQuestion(before) },
      graded,
    );
    expect(kept!.tried).toEqual([{ text: 'c', right: false }]);
    expect(beside).toEqual({
      heading: 'By the book’s version of today',
      notes: ['An option that was tried is not in it.'],
      tried: [],
    });
  });

  test('answered by today’s: that one gives the mark', () => {
    const lists = triedLists(
      { tried: [1], version: today.version },
      { book: today, pinned: pinnedQuestion(before) },
      { ...graded, earnedByBook: 4, earnedByPinned: 0 },
    );
    expect(lists.map(({ heading }) => heading)).toEqual([
      'By the book’s version of today, which gives the mark',
      'By the assignment’s version: 0 of 4',
    ]);
    expect(lists.map(({ tried }) => tried)).toEqual([
      [{ text: 'a', right: true }],
      [{ text: 'a', right: false }],
    ]);
  });

  test('gone from the book, or asked in other words: the question as it was set', () => {
    const pinned = pinnedQuestion(before);
    const answer = { tried: [1], version: before.version };
    const [list, ...more] = triedLists(answer, { pinned }, graded);
    expect(more).toEqual([]);
    expect(list).toEqual({
      notes: ['The question as it was set: Which one?'],
      tried: [{ text: 'b', right: true }],
    });
    const reworded = { ...today, question: 'Which is it?' };
    expect(triedLists(answer, { book: reworded, pinned }, graded)[0]!.notes).toHaveLength(1);
    expect(triedLists(answer, { book: today, pinned }, graded)[0]!.notes).toEqual([]);
  });

  test('not at hand: places alone, and no option of another version is put in their stead', () => {
    const answer = { tried: [0, 2], version: before.version };
    const places = [{ text: 'Option 1' }, { text: 'Option 3' }];
    expect(triedLists(answer, { book: today }, graded)).toMatchObject([{ tried: places }]);
    expect(triedLists(answer, {}, undefined)).toMatchObject([{ tried: places }]);
    const altered = { ...graded, remarks: [{ code: 'pinned-altered', text: '' }] };
    const versions = { book: today, pinned: pinnedQuestion(before) };
    expect(triedLists(answer, versions, altered)).toMatchObject([{ tried: places }]);
  });
});
