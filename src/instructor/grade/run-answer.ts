import type { CheckReport, CheckRequest } from '../../runtime/protocol.ts';
import type { GradeContext, GradingSheet } from './graded.ts';
import { areChecksBroken, judgeAgain } from './judge-again.ts';
import { own } from './own.ts';

/** Limits are set for one check on a quiet machine. */
const defaultLimitFactor = 2;

/** What running one answer anew gave. */
export interface AnswerRuns {
  /** By the sheet that gives the mark. */
  report: CheckReport;
  /** By the instructor's own checks. */
  privateReport?: CheckReport;
  /** By the book's sheet of today, where the mark is another's. */
  besideReport?: CheckReport;
  /** Checks that cannot be loaded, whatever they are to judge. */
  broken?: 'checks' | 'private-checks';
}

/** A run of a program by a sheet. */
export const requestOf = (
  { id, code }: { id: string; code: string },
  { entry, checks, mistakes, limitMs }: GradingSheet,
  seed: number,
  { limitFactor = defaultLimitFactor }: Pick<GradeContext, 'limitFactor'>,
): CheckRequest => ({
  exercise: id,
  code,
  entry,
  checks,
  mistakes,
  seed,
  limitMs: Math.round(limitMs * limitFactor),
});

/**
 * Runs an answer by the sheet that gives the mark, by the instructor's own checks and by the book's sheet of today, each in a
 * realm of its own and with inputs of its own.
 *
 * @param seedOf - the seed of each part
 */
export const runAnswer = async (
  { id, code }: { id: string; code: string },
  { marking, beside }: { marking: GradingSheet; beside?: GradingSheet | undefined },
  seedOf: (part: 'checks' | 'private' | 'beside') => Promise<number>,
  context: GradeContext,
): Promise<AnswerRuns> => {
  const answer = { id, code };
  const request = requestOf(answer, marking, await seedOf('checks'), context);
  const runs: AnswerRuns = { report: await judgeAgain(request, context) };
  if (await areChecksBroken(runs.report, request, context)) return { ...runs, broken: 'checks' };

  const checks = own(context.privateChecks, id);
  // A program that cannot even be loaded would only be told so twice.
  if (checks !== undefined && runs.report.results.length > 0) {
    const again = { ...request, checks, mistakes: [], seed: await seedOf('private') };
    runs.privateReport = await judgeAgain(again, context);
    if (await areChecksBroken(runs.privateReport, again, context)) {
      return { ...runs, broken: 'private-checks' };
    }
  }
  if (beside !== undefined) {
    runs.besideReport = await judgeAgain(
      requestOf(answer, beside, await seedOf('beside'), context),
      context,
    );
  }
  return runs;
};
