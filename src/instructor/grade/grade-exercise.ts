import type { CheckReport } from '../../runtime/protocol.ts';
import type { Assignment, ExerciseItem } from '../../schemas/assignment.ts';
import type { ExerciseAnswer, Student } from '../../schemas/hand-in.ts';
import { studentKey } from '../student-key.ts';
import { variantSeed } from '../variant-seed.ts';
import { browserLost } from './graded.ts';
import type { GradeContext, GradedItem, GradingSheet, Remark } from './graded.ts';
import { importRemarks } from './import-remarks.ts';
import { runSeed } from './grading-seed.ts';
import { allPassed, claimedMark, exerciseMark, statusOf } from './marks.ts';
import { own } from './own.ts';
import { ruleRemarks, runRemarks } from './rule-remarks.ts';
import { runAnswer } from './run-answer.ts';
import type { AnswerRuns } from './run-answer.ts';
import { starterChecks, type StarterChecks } from './starter-checks.ts';
import { resolveVersions } from './versions.ts';

/** Whose answer it is, to which assignment. */
export interface Place {
  assignment: Assignment;
  student: Student;
}

/** Judges one answer anew: its mark comes of these runs alone. */
export const gradeExercise = async (
  item: ExerciseItem,
  answer: ExerciseAnswer,
  { assignment, student }: Place,
  context: GradeContext,
): Promise<GradedItem> => {
  const { policy } = assignment;
  const book = await context.sheets.exercise(item.id);
  const versions = await resolveVersions(item, book, own(assignment.pinned, item.id));
  const ungraded: GradedItem = {
    kind: item.kind,
    id: item.id,
    points: item.points,
    earned: 0,
    status: 'not-graded',
    claimedPassed: answer.claimed.passed,
    claimedEarned: claimedMark(item, answer.claimed),
    drift: versions.drift,
    hints: answer.hintsShown,
    attempts: answer.attempts,
    solutionShown: answer.solutionShown,
    remarks: [
      ...versions.remarks,
      ...ruleRemarks(item, answer, policy),
      ...importRemarks(answer.code, book?.solution),
    ],
  };
  const { marking, beside } = versions;
  if (marking === undefined) return ungraded;
  if (answer.code.trim() === '') {
    return withRemarks({ ...ungraded, status: 'missing' }, [
      { code: 'empty', text: 'The program is empty.' },
    ]);
  }

  const atHome = [marking.seed, await variantSeed(assignment.id, studentKey(student))];
  const runs = await runAnswer(
    { id: item.id, code: answer.code },
    { marking, beside },
    (part) => runSeed(context.gradingSeed, student, `exercise ${item.id} ${part}`, atHome),
    context,
  );
  const run = { ...ungraded, ...filed(runs, marking !== book) };
  // No word of the program's: another program may have taken the whole browser along.
  if (reportsOf(runs).some(({ error }) => error?.code === browserLost)) {
    return withRemarks(ungraded, [lostRemark]);
  }
  if (runs.broken !== undefined) return withRemarks(run, [brokenRemark(item.id, runs)]);

  const { report, privateReport, besideReport } = runs;
  const reports = reportsOf(runs);
  const right = reports.every(allPassed);
  // Where a part may be earned or claimed, the starter is no part of it.
  const starterOf = async (sheet: GradingSheet): Promise<StarterChecks | undefined> =>
    item.partial === 'per-check' && !(right && answer.claimed.passed)
      ? starterChecks(item, sheet, context)
      : noStarter;
  const starter = await starterOf(marking);
  const besideStarter = beside === undefined ? noStarter : await starterOf(beside);
  if (starter === undefined || besideStarter === undefined) {
    return withRemarks(ungraded, [lostRemark]);
  }
  const given = starter.own + (privateReport === undefined ? 0 : starter.private);
  const earned = exerciseMark(item, reports, policy, answer.hintsShown, given);
  const shown = reports.find((each) => !allPassed(each)) ?? report;
  return withRemarks(
    {
      ...run,
      earned,
      claimedEarned: claimedMark(item, answer.claimed, starter.own),
      status: statusOf(earned, right),
      ...(besideReport === undefined
        ? {}
        : {
            earnedByBook: exerciseMark(
              item,
              [besideReport],
              policy,
              answer.hintsShown,
              besideStarter.own,
            ),
          }),
    },
    runRemarks(shown, answer, right),
  );
};

const withRemarks = (item: GradedItem, more: readonly Remark[]): GradedItem => ({
  ...item,
  remarks: [...item.remarks, ...more],
});

const noStarter: StarterChecks = { own: 0, private: 0 };

/** The runs that give the mark. */
const reportsOf = ({ report, privateReport }: AnswerRuns): CheckReport[] =>
  privateReport === undefined ? [report] : [report, privateReport];

const lostRemark: Remark = {
  code: browserLost,
  text: 'The browser that ran this program went away, twice: read the program, or grade it again with fewer at a time.',
};

/** Each report under its name; the pinned sheet's, where that one gives the mark. */
const filed = (
  { report, privateReport, besideReport }: AnswerRuns,
  isPinned: boolean,
): Pick<GradedItem, 'report' | 'pinnedReport' | 'privateReport'> => ({
  ...(isPinned ? { pinnedReport: report } : { report }),
  ...(besideReport === undefined ? {} : { report: besideReport }),
  ...(privateReport === undefined ? {} : { privateReport }),
});

const brokenRemark = (id: string, { broken, report, privateReport }: AnswerRuns): Remark => {
  const error = (broken === 'checks' ? report : privateReport)?.error;
  const whose = broken === 'checks' ? 'The checks' : 'Your own checks';
  return {
    code: `${broken ?? 'checks'}-broken`,
    text: `${whose} of ${id} cannot be loaded, so nothing was judged. ${error?.explain ?? ''}`.trim(),
  };
};
