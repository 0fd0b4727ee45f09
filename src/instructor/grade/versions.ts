import type { ExerciseItem, PinnedExercise } from '../../schemas/assignment.ts';
import { itemVersion } from '../item-version.ts';
import type { GradingSheet, Remark } from './graded.ts';

/** By which sheet an exercise is judged. */
export interface Versions {
  /** Gives the mark. Nothing if there is none to judge by. */
  marking?: GradingSheet;
  /** The book's of today, run as well, where the pinned sheet gives the mark. */
  beside?: GradingSheet;
  drift: boolean;
  remarks: Remark[];
}

/** One sheet is asked for its version by every hand-in. */
const known = new WeakMap<object, Promise<string>>();

/** The version of a sheet, by what it holds and not by what it says. */
export const sheetVersion = (
  sheet: Pick<GradingSheet, 'checks' | 'entry' | 'seed' | 'limitMs'>,
): Promise<string> => {
  const version = known.get(sheet) ?? itemVersion({ kind: 'exercise', ...decisive(sheet) });
  known.set(sheet, version);
  return version;
};

const decisive = ({
  checks,
  entry,
  seed,
  limitMs,
}: Pick<GradingSheet, 'checks' | 'entry' | 'seed' | 'limitMs'>) => ({
  checks,
  entry,
  seed,
  limitMs,
});

/**
 * Chooses the sheet that gives the mark: the one that the assignment was made with. The book's own, if it is still that
 * one; or else the assignment's copy, if it has one, with the book's run beside it; or else the book's, which is said.
 */
export const resolveVersions = async (
  { id, version }: Pick<ExerciseItem, 'id' | 'version'>,
  book: GradingSheet | undefined,
  pinned: PinnedExercise | undefined,
): Promise<Versions> => {
  if (book !== undefined && (await sheetVersion(book)) === version) {
    return { marking: book, drift: false, remarks: [] };
  }
  const remarks: Remark[] = [];
  if (pinned !== undefined && (await sheetVersion(pinned)) === version) {
    remarks.push(drifted(id, book !== undefined));
    // The book's known mistakes belong to the book's checks: no advice from them here.
    const marking: GradingSheet = { ...decisive(pinned), mistakes: [], starter: pinned.starter };
    return { marking, ...(book === undefined ? {} : { beside: book }), drift: true, remarks };
  }
  if (pinned !== undefined) {
    remarks.push({
      code: 'pinned-altered',
      text: `The assignment’s own copy of ${id} is not of the version that the assignment names, so it was not used.`,
    });
  }
  remarks.push(notKept(id, book !== undefined));
  return { ...(book === undefined ? {} : { marking: book }), drift: true, remarks };
};

const drifted = (id: string, inBook: boolean): Remark => ({
  code: 'version-drift',
  text: inBook
    ? `The book’s ${id} has changed since the assignment was made. The mark is by the assignment’s own copy; the book’s is beside it.`
    : `The book no longer has ${id}. The mark is by the assignment’s own copy.`,
});

const notKept = (id: string, inBook: boolean): Remark =>
  inBook
    ? {
        code: 'version-not-kept',
        text: `The book’s ${id} has changed since the assignment was made, and no copy came with the assignment: the mark is by the book’s of today. Load the assignment’s file instead of its link.`,
      }
    : {
        code: 'exercise-unknown',
        text: `This printing of the book has no ${id}, and no copy came with the assignment. Load the assignment’s file, or open the printing that it was made in.`,
      };
