import { catalogueKey } from '../catalogue.ts';
import {
  markedReport,
  waitsForPerson,
  type GradedHandIn,
  type GradedItem,
} from '../grade/graded.ts';
import { finalMark, type Decision } from '../grade/marks.ts';

/** What is told to a student beside what the grader found. */
export interface FeedbackOptions {
  assignment: string;
  /** Titles by `catalogueKey`. */
  titles?: ReadonlyMap<string, string>;
  /** The instructor's points and comments by `catalogueKey`. */
  decisions?: ReadonlyMap<string, Decision>;
  /** What lateness leaves of the mark, and how it is said. */
  lateness?: { factor: number; text: string };
  /** On the whole. */
  comment?: string;
}

/**
 * What a student reads of the grading: marks, which checks passed, what the failed ones said, comments. Of the
 * instructor's own checks the count alone: their names would tell the next student what is tried. Remarks, which are for
 * the instructor, are not in it.
 */
export const feedbackText = (graded: GradedHandIn, options: FeedbackOptions): string => {
  const { assignment, decisions, lateness, comment } = options;
  const { mark, possible, toMark } = finalMark(graded, {
    ...(decisions === undefined ? {} : { decisions }),
    ...(lateness === undefined ? {} : { factor: lateness.factor }),
  });
  const { name, id } = graded.student;
  return [
    oneLine(assignment),
    oneLine(id.trim() === '' ? name : `${name} (${id})`),
    `Mark: ${mark} of ${possible}${lateness === undefined ? '' : ` (${oneLine(lateness.text)})`}`,
    ...(toMark > 0 ? [`Not marked yet: ${toMark} of the answers.`] : []),
    `Receipt of the hand-in that was graded: ${graded.receipt}`,
    ...graded.items.flatMap((item, index) => ['', ...aboutItem(item, index + 1, options)]),
    ...(comment === undefined || comment.trim() === '' ? [] : ['', ...lines(comment)]),
    '',
  ].join('\n');
};

const aboutItem = (
  item: GradedItem,
  number: number,
  { titles, decisions }: FeedbackOptions,
): string[] => {
  const key = catalogueKey(item);
  const decision = decisions?.get(key);
  const points = decision?.points ?? item.earned;
  const waits = waitsForPerson(item) && decision?.points === undefined;
  const report = markedReport(item);
  return [
    `${number}. ${oneLine(titles?.get(key) ?? item.id)}: ${waits ? 'not marked yet' : `${points} of ${item.points}`}`,
    ...(item.status === 'missing' ? ['   No answer was handed in.'] : []),
    ...(report?.results ?? []).flatMap(({ name, status, feedback }) => [
      `   ${SAID[status]} ${oneLine(name)}`,
      ...(feedback === undefined || status !== 'failed'
        ? []
        : [`        ${oneLine(feedback.message)}`]),
    ]),
    ...(report?.error === undefined ? [] : [`   ${oneLine(report.error.explain)}`]),
    ...(item.privateReport === undefined ? [] : [`   ${ownChecks(item.privateReport.results)}`]),
    ...(decision?.comment === undefined ? [] : lines(decision.comment).map((line) => `   ${line}`)),
  ];
};

const SAID = { passed: '[passed]', failed: '[failed]', 'not-run': '[not run]' } as const;

const ownChecks = (results: readonly { status: string }[]): string => {
  const passed = results.filter(({ status }) => status === 'passed').length;
  return `The instructor’s own checks: ${passed} of ${results.length} passed.`;
};

/** Text of strangers keeps to its line, and has nothing in it that a terminal would obey. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const lines = (text: string): string[] =>
  text
    .trim()
    .split(/\r\n|\r|\n/u)
    .map(oneLine);
