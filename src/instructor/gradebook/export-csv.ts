import { catalogueKey } from '../catalogue.ts';
import type { MarkRow } from './mark-row.ts';
import { csvLine } from './safe-cell.ts';

export type CsvKind = 'canvas' | 'moodle' | 'plain';

export interface CsvOptions {
  /** Title of the column: the assignment's. */
  title: string;
  possible: number;
}

type Line = (string | number | undefined)[];
type Writer = (rows: readonly MarkRow[], title: string, possible: number) => Line[];

/** The table of marks as a course system takes it in, or with all that is known, for people. */
export const exportCsv = (
  kind: CsvKind,
  rows: readonly MarkRow[],
  { title, possible }: CsvOptions,
): string => {
  const writers: Record<CsvKind, Writer> = { canvas, moodle, plain };
  const lines = writers[kind](rows, title, possible);
  // Excel takes a table without this mark for one of an older encoding; course systems want none.
  const mark = kind === 'plain' ? '\uFEFF' : '';
  return mark + lines.map((line) => `${csvLine(line)}\r\n`).join('');
};

/** @see https://community.canvaslms.com, “How do I import grades in the Gradebook?” */
const canvas: Writer = (rows, title, possible) => [
  ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', title],
  ['    Points Possible', '', '', '', '', possible],
  ...rows.map(({ name, lmsId, id, login, section, mark }): Line => [
    name,
    lmsId,
    id,
    login,
    section,
    mark,
  ]),
];

const moodle: Writer = (rows, title) => [
  ['Identifier', 'Full name', 'ID number', 'Email address', title, 'Feedback comments'],
  ...rows.map(({ lmsId, name, id, email, mark, comment }): Line => [
    // Where a worksheet was dropped, the word is there already.
    lmsId === undefined || /\D/u.test(lmsId) ? lmsId : `Participant ${lmsId}`,
    name,
    id,
    email,
    mark,
    comment,
  ]),
];

const plain: Writer = (rows, title, possible) => {
  const items = new Map<string, number>();
  for (const { items: marks = [] } of rows) {
    for (const item of marks) items.set(catalogueKey(item), item.points);
  }
  return [
    [
      'Name',
      'Id',
      title,
      `Of ${possible}`,
      'Claimed',
      'Lateness',
      'Arrived',
      'Handed in (student’s clock)',
      ...[...items].map(([key, points]) => `${key} (${points})`),
      'Remarks',
      'Comment',
      'File',
    ],
    ...rows.map((row): Line => [
      row.name,
      row.id,
      row.mark,
      row.mark === undefined ? undefined : row.possible,
      row.claimed,
      row.lateness,
      row.arrivedAt,
      row.claimedAt,
      ...[...items.keys()].map(
        (key) => row.items?.find((item) => catalogueKey(item) === key)?.earned,
      ),
      row.remarks?.join(' '),
      row.comment,
      row.file,
    ]),
  ];
};
