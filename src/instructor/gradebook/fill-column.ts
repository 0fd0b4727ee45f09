import { ReaderError } from '../../shared/reader-error.ts';
import { roundPoints } from '../grade/marks.ts';
import type { Row } from './csv-rows.ts';
import { valueAt, type Gradebook } from './gradebook.ts';
import { safeCell } from './safe-cell.ts';
import { encodeTable } from './table-text.ts';

export interface Filling {
  /** Title of the column. Canvas's number behind it, “Weights (123)”, may be left out. */
  column: string;
  /** Points by index in the gradebook's `students`; who is not in it keeps what the table has. */
  marks: ReadonlyMap<number, number>;
  /** For the row of points, where a column is added. */
  possible?: number;
}

export interface Filled {
  bytes: Uint8Array<ArrayBuffer>;
  /** Students whose cell is another now. */
  changes: { row: number; from: string; to: string }[];
  /** The table had no such column: it stands last now. */
  added: boolean;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Fills one column of a gradebook. Every other byte of the file stays as it was: mark, quotation marks, ends of lines,
 * the numbers of other columns.
 *
 * @throws ReaderError `gradebook-column-twice`, `gradebook-column-of-students`, `gradebook-column-unnamed`
 */
export const fillColumn = (gradebook: Gradebook, { column, marks, possible }: Filling): Filled => {
  const { text, encoding, delimiter, students, header, pointsRow, otherRows } = gradebook;
  const found = findColumn(gradebook, column);
  const rows = [header, ...students, ...otherRows, ...(pointsRow === undefined ? [] : [pointsRow])];
  const index = found ?? rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const comma = usesDecimalComma(gradebook);
  const written = (points: number): string => {
    const number = String(roundPoints(points));
    return comma ? number.replace('.', ',') : number;
  };
  const edits: Edit[] = [];
  const changes: Filled['changes'] = [];
  for (const [row, points] of marks) {
    const student = students[row];
    if (student === undefined || !Number.isFinite(points)) {
      throw new RangeError(`The table has no row ${row} of a student, or ${points} is no mark.`);
    }
    const from = valueAt(student, index);
    if (from.trim() !== '' && Number(from.replace(',', '.')) === roundPoints(points)) continue;
    changes.push({ row, from, to: written(points) });
    edits.push(putCell(student, index, written(points), delimiter));
  }
  if (found === undefined) {
    edits.push(putCell(header, index, safeCell(column), delimiter));
    const filled = new Set([...marks.keys()].map((row) => students[row]));
    for (const row of rows) {
      if (row === header || filled.has(row)) continue;
      const isPoints = row === pointsRow && possible !== undefined;
      // A line with nothing in it stays one.
      if (isPoints || row.cells.some(({ value }) => value !== '')) {
        edits.push(putCell(row, index, isPoints ? written(possible) : '', delimiter));
      }
    }
  }
  return {
    bytes: encodeTable({ text: applied(text, edits), encoding }),
    changes: changes.sort((a, b) => a.row - b.row),
    added: found === undefined,
  };
};

/** Columns that could be filled: all but those that tell of students. */
export const fillable = ({ columns, roles }: Gradebook): string[] => {
  const taken = new Set(Object.values(roles));
  return columns.filter((title, index) => title !== '' && !taken.has(index));
};

/** The column of an assignment: that of its title, or of its title and Canvas's number; else a new one of the title. */
export const suggestedColumn = (gradebook: Gradebook, title: string): string => {
  const columns = fillable(gradebook);
  const wanted = title.trim();
  return (
    columns.find((column) => column === wanted) ??
    columns.find((column) => withoutNumber(column) === wanted) ??
    wanted
  );
};

const withoutNumber = (title: string): string | undefined => /^(.*) \(\d+\)$/u.exec(title)?.[1];

const findColumn = ({ columns, roles }: Gradebook, column: string): number | undefined => {
  const wanted = column.trim();
  if (wanted === '') {
    throw refusal('unnamed', 'The column to fill has no title.', 'Give it a title.');
  }
  const at = (matches: (title: string) => boolean): number[] =>
    columns.flatMap((title, index) => (matches(title) ? [index] : []));
  const exact = at((title) => title === wanted);
  const [index, second] = exact.length > 0 ? exact : at((title) => withoutNumber(title) === wanted);
  if (second !== undefined) {
    throw refusal(
      'twice',
      `The table has several columns “${wanted}”.`,
      'Give the whole title with its number, or name one of them otherwise in the course system.',
    );
  }
  if (index !== undefined && Object.values(roles).includes(index)) {
    throw refusal(
      'of-students',
      `The column “${wanted}” tells who the students are; marks would overwrite it.`,
      'Choose the column of the assignment, or a new title.',
    );
  }
  return index;
};

const putCell = ({ cells, end }: Row, index: number, value: string, delimiter: string): Edit => {
  const cell = cells[index];
  const needed = [delimiter, '"', '\r', '\n'].some((sign) => value.includes(sign));
  const text = needed || cell?.quoted === true ? `"${value.replaceAll('"', '""')}"` : value;
  return cell === undefined
    ? { start: end, end, text: delimiter.repeat(index - cells.length + 1) + text }
    : { start: cell.start, end: cell.end, text };
};

const applied = (text: string, edits: readonly Edit[]): string => {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return pieces.join('') + text.slice(at);
};

/** Whether the table writes 7,5 and never 7.5; without either, cells that are parted by semicolons leave commas to numbers. */
const usesDecimalComma = ({
  students,
  pointsRow,
  roles,
  columns,
  delimiter,
}: Gradebook): boolean => {
  const taken = new Set(Object.values(roles));
  let commas = 0;
  for (const row of [...students, ...(pointsRow === undefined ? [] : [pointsRow])]) {
    for (const [column] of columns.entries()) {
      if (taken.has(column)) continue;
      const value = valueAt(row, column).trim();
      if (/^-?\d+\.\d+$/u.test(value)) return false;
      if (/^-?\d+,\d+$/u.test(value)) commas++;
    }
  }
  return commas > 0 || delimiter === ';';
};

const refusal = (code: string, explain: string, hint: string): ReaderError =>
  new ReaderError({ code: `gradebook-column-${code}`, explain, hint });
