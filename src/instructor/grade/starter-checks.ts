import type { ExerciseItem } from '../../schemas/assignment.ts';
import { browserLost, type GradeContext, type GradingSheet, type Sheets } from './graded.ts';
import { runSeed } from './grading-seed.ts';
import { judgeAgain } from './judge-again.ts';
import { own } from './own.ts';
import { requestOf } from './run-answer.ts';

/** How many checks the untouched starter passes: they earn nothing, for they are nobody's work. */
export interface StarterChecks {
  /** Of the exercise's own. */
  own: number;
  /** Of the instructor's. */
  private: number;
}

/** One run for all hand-ins, as long as one grading asks the same book. */
const known = new WeakMap<Sheets, Map<string, Promise<StarterChecks | undefined>>>();

/** Its inputs are nobody's in particular. */
const nobody = { name: '', id: '' };

/**
 * Runs the starter of a sheet by its checks and by the instructor's own, once, with inputs that come of the grading seed.
 *
 * @returns nothing if the browser was lost under it; zeros if the sheet has no starter
 */
export const starterChecks = async (
  { id }: Pick<ExerciseItem, 'id'>,
  sheet: GradingSheet,
  context: GradeContext,
): Promise<StarterChecks | undefined> => {
  const { starter } = sheet;
  if (starter === undefined) return { own: 0, private: 0 };
  const checks = own(context.privateChecks, id);
  const { entry, seed, limitMs } = sheet;
  const key = JSON.stringify([
    context.gradingSeed,
    id,
    starter,
    sheet.checks,
    checks,
    entry,
    seed,
    limitMs,
  ]);
  const ofBook = known.get(context.sheets) ?? new Map<string, Promise<StarterChecks | undefined>>();
  known.set(context.sheets, ofBook);
  const running = ofBook.get(key);
  if (running !== undefined) {
    const found = await running.catch(() => undefined);
    // Whoever began it may have been stopped in the middle.
    if (found !== undefined) return found;
  }
  const begun = run(id, starter, sheet, checks, context);
  ofBook.set(key, begun);
  try {
    const found = await begun;
    if (found === undefined) ofBook.delete(key);
    return found;
  } catch (error) {
    ofBook.delete(key);
    throw error;
  }
};

const run = async (
  id: string,
  starter: string,
  sheet: GradingSheet,
  checks: string | undefined,
  context: GradeContext,
): Promise<StarterChecks | undefined> => {
  const passed = async (by: GradingSheet, part: string): Promise<number | undefined> => {
    const seed = await runSeed(context.gradingSeed, nobody, `starter ${id} ${part}`, [sheet.seed]);
    const { results, error } = await judgeAgain(
      requestOf({ id, code: starter }, by, seed, context),
      context,
    );
    if (error?.code === browserLost) return undefined;
    return results.filter(({ status }) => status === 'passed').length;
  };
  const ofBook = await passed(sheet, 'checks');
  const ofInstructor =
    checks === undefined ? 0 : await passed({ ...sheet, checks, mistakes: [] }, 'private');
  if (ofBook === undefined || ofInstructor === undefined) return undefined;
  return { own: ofBook, private: ofInstructor };
};
