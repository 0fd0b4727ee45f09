import { ReaderError } from '../../shared/reader-error.ts';
import { kindOf, rolesOf } from './column-roles.ts';
import { csvDialect, csvRows, type Row } from './csv-rows.ts';
import { valueAt, type ColumnRoles, type Gradebook } from './gradebook.ts';
import { folded } from './student-name.ts';
import { decodeTable } from './table-text.ts';

/**
 * Reads a gradebook as a course system exports it: CSV with commas, semicolons or tabs, in any of the usual encodings.
 *
 * @param roles - which columns tell of students, where their titles do not say so in English
 * @throws ReaderError `gradebook-empty`, `gradebook-no-students`, and those of `decodeTable`, `csvDialect` and `csvRows`
 */
export const readGradebook = (bytes: Uint8Array, roles?: ColumnRoles): Gradebook => {
  const { text, encoding } = decodeTable(bytes);
  if (text.replace('\uFEFF', '').trim() === '') throw empty();
  const { delimiter, from } = csvDialect(text);
  const [header, ...rows] = csvRows(text, delimiter, from);
  if (header === undefined) throw empty();
  const columns = header.cells.map(({ value }) => value.trim());
  const kind = kindOf(columns);
  const found = roles ?? rolesOf(columns, kind);
  if (Object.keys(found).length === 0) throw noStudents(columns);
  const gradebook: Gradebook = {
    text,
    encoding,
    delimiter,
    kind,
    header,
    columns,
    roles: found,
    students: [],
    otherRows: [],
  };
  for (const row of rows) {
    if (isPoints(row)) gradebook.pointsRow ??= row;
    else (isStudent(row, gradebook) ? gradebook.students : gradebook.otherRows).push(row);
  }
  return gradebook;
};

const isPoints = (row: Row): boolean => folded(valueAt(row, 0)) === 'points possible';

/** A row that tells of nobody is none of a student; Canvas gives each of its students a number. */
const isStudent = (row: Row, { kind, roles }: Gradebook): boolean =>
  kind === 'canvas'
    ? valueAt(row, roles.lmsId).trim() !== ''
    : Object.values(roles).some((column) => valueAt(row, column).trim() !== '');

const empty = (): ReaderError =>
  new ReaderError({
    code: 'gradebook-empty',
    explain: 'This file is empty.',
    hint: 'Export the gradebook from the course system as CSV.',
  });

const noStudents = (columns: readonly string[]): ReaderError => {
  const shown = columns.slice(0, 12).map((title) => `“${title.slice(0, 40)}”`);
  return new ReaderError({
    code: 'gradebook-no-students',
    explain:
      'No column of this table is known to tell of students: their names, ids, logins or e-mail addresses.',
    elaborate: `Its columns are ${shown.join(', ')}${columns.length > shown.length ? ' and more' : ''}.`,
    hint: 'Say which column tells of them, or check that the first row has the titles.',
  });
};
