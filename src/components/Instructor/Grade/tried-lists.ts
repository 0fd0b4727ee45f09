import type { GradedItem } from '../../../instructor/grade/graded.ts';
import { pinnedKey, sameOptions } from '../../../instructor/grade/quiz-versions.ts';
import type { PinnedQuestion } from '../../../schemas/assignment.ts';
import type { QuizAnswer } from '../../../schemas/hand-in.ts';
import { markdownWords } from '../shared/markdown-words.ts';
import type { QuizSheet } from './quiz-sheet.ts';

/** The options that a student tried, as one version of the question has them. */
export interface TriedList {
  /** Where two versions are shown. */
  heading?: string;
  notes: string[];
  /** Without `right` where nothing is known of them but their places. */
  tried: { text: string; right?: boolean }[];
}

/** A version of a question: its key, and its options in words. */
interface Version {
  version: string;
  options: readonly string[];
  correct: number;
  words: readonly string[];
}

/** What is at hand of a question: as the book has it today, and as the assignment keeps it. */
export interface QuestionVersions {
  book?: QuizSheet | undefined;
  pinned?: PinnedQuestion | undefined;
}

/**
 * What a student tried of a question, in order: as the version has it whose options the student had, which gives the mark;
 * and beside it as the other one has it, where the book has changed.
 */
export const triedLists = (
  { tried, version }: Pick<QuizAnswer, 'tried' | 'version'>,
  { book, pinned }: QuestionVersions,
  graded: Pick<GradedItem, 'points' | 'remarks' | 'earnedByBook' | 'earnedByPinned'> | undefined,
): TriedList[] => {
  const today = book && { ...book, options: book.source, words: book.options };
  // A copy that is not what it says it is tells nothing.
  const isAltered = graded?.remarks.some(({ code }) => code === 'pinned-altered') ?? false;
  const kept = pinned && !isAltered ? keptVersion(pinned, today) : undefined;
  const isToday = today?.version === version;
  const had = isToday ? today : kept?.version === version ? kept : undefined;
  if (had === undefined) return [placesAlone(tried, book !== undefined)];
  const other = isToday ? kept : today;
  const list = listOf(tried, had);
  const asked = pinned && !isToday && pinned.question !== book?.question ? [pinned.question] : [];
  const notes = asked.map((question) => `The question as it was set: ${question}`);
  if (other === undefined || other.version === version) return [{ ...list, notes }];
  const names = ['the assignment’s version', 'the book’s version of today'];
  if (isToday) names.reverse();
  const places = sameOptions(tried, had, other);
  const earned = isToday ? graded?.earnedByPinned : graded?.earnedByBook;
  const mark = earned === undefined ? '' : `: ${earned} of ${graded?.points ?? 0}`;
  const beside =
    places === undefined
      ? { notes: ['An option that was tried is not in it.'], tried: [] }
      : listOf(places, other);
  return [
    { ...list, heading: `By ${names[0]}, which gives the mark`, notes },
    { ...beside, heading: `By ${names[1]}${mark}` },
  ];
};

/** A pinned question in words: the book's, where it still has the option; else those of the file’s Markdown. */
const keptVersion = (pinned: PinnedQuestion, today: Version | undefined): Version => {
  const key = pinnedKey(pinned);
  const words = key.options.map(
    (text) => today?.words[today.options.indexOf(text)] ?? markdownWords(text),
  );
  return { ...key, words };
};

const listOf = (tried: readonly number[], { words, correct }: Version): TriedList => ({
  notes: [],
  tried: tried.map((index) => ({
    text: words[index] ?? `option ${index + 1}, which there is not`,
    right: index === correct,
  })),
});

const placesAlone = (tried: readonly number[], inBook: boolean): TriedList => ({
  notes: [
    inBook
      ? 'The options that the student had are not at hand: their places alone are known.'
      : 'This printing of the book has no such question: the places of the options alone are known.',
  ],
  tried: tried.map((index) => ({ text: `Option ${index + 1}` })),
});
