import type { PinnedQuestion, QuizItem } from '../../schemas/assignment.ts';
import { itemVersion } from '../item-version.ts';
import type { QuizKey, Remark } from './graded.ts';

/** By which key a question is marked. */
export interface QuizVersions {
  /** Of the options that the student had. Nothing if none is at hand. */
  marking?: QuizKey;
  /** The other one: the book's of today where the assignment's gives the mark, or the assignment's where the book's does. */
  beside?: QuizKey;
  /** Whether `marking` is the assignment's own copy. */
  isPinned: boolean;
  drift: boolean;
  remarks: Remark[];
}

/** One pinned question is asked for its version by every hand-in. */
const known = new WeakMap<PinnedQuestion, Promise<string>>();

/** The version of a pinned question, by what it holds and not by what it says. */
const versionOf = (pinned: PinnedQuestion): Promise<string> => {
  const version = known.get(pinned) ?? itemVersion({ kind: 'quiz', options: pinned.options });
  known.set(pinned, version);
  return version;
};

/** The key that a pinned question holds. */
export const pinnedKey = ({ version, options }: PinnedQuestion): QuizKey => ({
  version,
  options: options.map(({ text }) => text.trim()),
  correct: options.findIndex(({ correct }) => correct),
});

/**
 * Chooses the key that gives the mark: that of the options which the student had, be they the assignment's or, where the
 * student came after a change, the book's of today. The other one stands beside it.
 *
 * @param answered - the version that the answer names
 */
export const resolveQuizVersions = async (
  { id, version }: Pick<QuizItem, 'id' | 'version'>,
  answered: string,
  book: QuizKey | undefined,
  pinned: PinnedQuestion | undefined,
): Promise<QuizVersions> => {
  const ofBook = book?.version === answered ? { marking: book } : {};
  if (book?.version === version) return { ...ofBook, isPinned: false, drift: false, remarks: [] };
  const isKept = pinned !== undefined && (await versionOf(pinned)) === version;
  const isPinned = isKept && answered === version;
  const remarks = [
    ...(pinned !== undefined && !isKept ? [altered(id)] : []),
    book === undefined && !isKept ? unknown(id) : drifted(id, book !== undefined, isPinned),
  ];
  if (!isKept) return { ...ofBook, isPinned, drift: true, remarks };
  const kept = pinnedKey(pinned);
  if (!isPinned) return { ...ofBook, beside: kept, isPinned, drift: true, remarks };
  const beside = book === undefined ? {} : { beside: book };
  return { marking: kept, ...beside, isPinned, drift: true, remarks };
};

/**
 * The options that were tried, by their places among those of another version.
 *
 * @returns nothing if one of them is not there
 */
export const sameOptions = (
  tried: readonly number[],
  from: QuizKey,
  to: QuizKey,
): number[] | undefined => {
  const places = tried
    .filter((index) => index < from.options.length)
    .map((index) => to.options.indexOf(from.options[index]!));
  return places.includes(-1) ? undefined : places;
};

const altered = (id: string): Remark => ({
  code: 'pinned-altered',
  text: `The assignment’s own copy of ${id} is not of the version that the assignment names, so it was not used.`,
});

const unknown = (id: string): Remark => ({
  code: 'quiz-unknown',
  text: `This printing of the book has no question ${id}, and no copy came with the assignment. Load the assignment’s file, or open the printing that it was made in.`,
});

const drifted = (id: string, inBook: boolean, isPinned: boolean): Remark => {
  const what = inBook
    ? `The options of ${id} have changed in the book since the assignment was made.`
    : `The book no longer has the question ${id}.`;
  return {
    code: 'version-drift',
    text: isPinned ? `${what} The mark is by the assignment’s own copy.` : what,
  };
};
