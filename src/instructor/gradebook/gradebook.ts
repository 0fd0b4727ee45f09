import type { Cell, Row } from './csv-rows.ts';
import type { TableEncoding } from './table-text.ts';

export type GradebookKind = 'canvas' | 'moodle' | 'moodle-worksheet' | 'blackboard' | 'plain';

/** What a column tells of students. `lmsId`: the LMS's own number, which is in the names of exported files too. */
export type ColumnRole = 'lmsId' | 'id' | 'login' | 'email' | 'name' | 'first' | 'last';

/** Index of the column of each role that the table has. */
export type ColumnRoles = Partial<Record<ColumnRole, number>>;

/** A gradebook as it was dropped: its text is kept, and cells are found in it. */
export interface Gradebook {
  text: string;
  encoding: TableEncoding;
  delimiter: string;
  kind: GradebookKind;
  header: Row;
  /** Titles of the columns. */
  columns: string[];
  roles: ColumnRoles;
  /** Rows of students, in their order: what matching and filling count by. */
  students: Row[];
  /** The row that says how many points each column can have, where there is one. */
  pointsRow?: Row;
  /** All other rows, such as Canvas's “Manual Posting”. */
  otherRows: Row[];
}

/** A cell's value, or nothing where the row is too short or the role has no column. */
export const valueAt = (
  { cells }: { cells: readonly Cell[] },
  column: number | undefined,
): string => (column === undefined ? '' : (cells[column]?.value ?? ''));

/** A student's name as the table has it. */
export const nameIn = (row: Row, { name, first, last }: ColumnRoles): string =>
  name === undefined
    ? `${valueAt(row, first)} ${valueAt(row, last)}`.trim()
    : valueAt(row, name).trim();
