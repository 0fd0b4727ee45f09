import { catalogueKey } from '../../src/instructor/catalogue.ts';
import { csvLine } from '../../src/instructor/gradebook/safe-cell.ts';
import { waitsForPerson, type GradedItem } from '../../src/instructor/grade/graded.ts';
import { finalMark } from '../../src/instructor/grade/marks.ts';
import { lateness, type Lateness } from '../../src/instructor/late.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import type { ResultLine } from './results-file.ts';

/** Programs of others that a hand-in is much like, by its key: `count-the-bytes 0.93 Ada Lovelace`. */
export type Alike = ReadonlyMap<string, readonly string[]>;

type Cell = string | number;

const FIXED_BEFORE = [
  'Student',
  'ID',
  'LMS user',
  'File',
  'State',
  'Arrived',
  'Lateness',
  'Mark',
  'Of',
];
const FIXED_AFTER = ['Claimed', 'Claimed time', 'To mark by hand', 'Versions', 'Alike', 'Remarks'];

/** The table of marks: one row a file that came in, in the order of names. Nothing in it is a formula. */
export function marksTable(
  lines: readonly ResultLine[],
  assignment: Assignment,
  alike: Alike = new Map(),
): string {
  const items = assignment.items.map(({ kind, id, points }) => `${kind} ${id} (${points})`);
  const rows = lines
    .map((line) => marksRow(line, assignment, alike.get(line.key) ?? []))
    .sort((a, b) => compare(a, b));
  // With the mark of UTF-8, without which spreadsheets guess, and the line ends of CSV.
  const all = [[...FIXED_BEFORE, ...items, ...FIXED_AFTER], ...rows];
  return `\uFEFF${all.map((row) => `${csvLine(row)}\r\n`).join('')}`;
}

const compare = (a: readonly Cell[], b: readonly Cell[]): number => {
  const [one, other] = [a, b].map((row) => row.slice(0, 4).join('\n')) as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
};

function marksRow(line: ResultLine, assignment: Assignment, alike: readonly string[]): Cell[] {
  const { row, graded } = line;
  const { handIn, arrival, lms } = row;
  const late =
    handIn &&
    arrival &&
    lateness({
      assignment,
      student: { ...handIn.student, lmsName: lms?.student },
      at: arrival.at,
    });
  const mark =
    graded && row.state === 'ready' ? finalMark(graded, { factor: late?.factor ?? 1 }) : undefined;
  // Without points that the grader could not give, a sum is no mark.
  const isWhole = !graded?.items.some(({ status }) => status === 'not-graded');
  const earned = new Map(
    graded?.items.map((item) => [catalogueKey(item), waitsForPerson(item) ? '' : item.earned]),
  );
  const remarks = [
    ...(row.fault ? [row.fault.explain] : []),
    ...(line.fault ? [line.fault.explain] : []),
    ...[...row.remarks, ...(graded?.remarks ?? [])].map(({ text }) => text),
    ...(graded?.items ?? []).flatMap((item) =>
      item.remarks.map(({ text }) => `${item.id}: ${text}`),
    ),
  ];
  return [
    handIn?.student.name ?? lms?.student ?? '',
    handIn?.student.id ?? '',
    lms?.userId ?? lms?.account ?? '',
    row.path,
    stateOf(line),
    arrival ? new Date(arrival.at).toISOString() : '',
    late ? lateWords(late) : '',
    isWhole ? (mark?.mark ?? '') : '',
    mark?.possible ?? '',
    ...assignment.items.map((item) => earned.get(catalogueKey(item)) ?? ''),
    graded?.claimedEarned ?? '',
    handIn?.handedInAt ?? '',
    mark?.toMark ?? '',
    (graded?.items ?? [])
      .filter(({ drift }) => drift)
      .map((item) => `${item.id}: ${versionsWords(item)}`)
      .join('; '),
    alike.join('; '),
    [...new Set(remarks)].join(' '),
  ];
}

/** The mark, what the book of today gives, and what the assignment's version gives where another one gave the mark. */
const versionsWords = (item: GradedItem): string => {
  const { status, earned, earnedByPinned } = item;
  const mark = status === 'not-graded' ? 'not graded' : earned;
  const asSet = earnedByPinned === undefined ? '' : `, as set ${earnedByPinned}`;
  return `${mark}, today ${todayOf(item)}${asSet}`;
};

/** Nothing is known where the book no longer has the item, or not the options that were tried. */
const todayOf = ({ earnedByBook, report, pinnedReport }: GradedItem): Cell => {
  if (earnedByBook !== undefined) return earnedByBook;
  return report !== undefined && pinnedReport === undefined ? 'the same' : '–';
};

const stateOf = ({ row, graded, fault }: ResultLine): string => {
  if (row.state !== 'ready') return row.state;
  if (graded) return 'graded';
  return fault ? 'failed' : 'not graded';
};

const lateWords = ({ state, minutesLate, exception }: Lateness): string =>
  [
    minutesLate > 0 ? `${state}, ${minutesLate} min` : state,
    ...(exception === undefined ? [] : [`by the exception for “${exception}”`]),
  ].join(', ');
