import { ReaderError } from '../../shared/reader-error.ts';

/** One cell, and where it stands in the text: the text itself is never written anew, only cells are put in place. */
export interface Cell {
  value: string;
  start: number;
  end: number;
  quoted: boolean;
}

export interface Row {
  cells: Cell[];
  /** Where the row ends, before the end of its line. */
  end: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const MOST_ROWS = 100_000;
const ROWS_TO_JUDGE = 20;

/**
 * The rows of a table in CSV.
 *
 * @param from - where they begin: after a mark or a line of Excel's
 * @throws ReaderError `gradebook-open-quote`, `gradebook-too-long`
 * @see RFC 4180, section 2
 */
export const csvRows = (text: string, delimiter: string, from = 0, most = MOST_ROWS): Row[] => {
  const rows: Row[] = [];
  let at = from;
  while (at < text.length) {
    if (rows.length === most) {
      if (most < MOST_ROWS) return rows;
      throw new ReaderError({
        code: 'gradebook-too-long',
        explain: `The table has more than ${MOST_ROWS.toLocaleString('en-GB')} rows.`,
        hint: 'Export the gradebook of one course.',
      });
    }
    const row = readRow(text, delimiter, at, rows.length + 1);
    rows.push(row);
    at = row.end + (text.startsWith('\r\n', row.end) ? 2 : 1);
  }
  return rows;
};

const readRow = (text: string, delimiter: string, from: number, number: number): Row => {
  const cells: Cell[] = [];
  for (let at = from; ; at++) {
    const cell = readCell(text, delimiter, at, number);
    cells.push(cell);
    at = cell.end;
    if (text[at] !== delimiter) return { cells, end: at };
  }
};

const readCell = (text: string, delimiter: string, start: number, row: number): Cell => {
  const quoted = text[start] === '"';
  let at = start;
  let value = '';
  if (quoted) {
    at = closingQuote(text, start, row);
    value = text.slice(start + 1, at).replaceAll('""', '"');
    at++;
  }
  const plain = at;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return { value: value + text.slice(plain, at), start, end: at, quoted };
};

const closingQuote = (text: string, start: number, row: number): number => {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) {
      throw new ReaderError({
        code: 'gradebook-open-quote',
        explain: `In row ${row} of the table a quotation mark is opened and never closed.`,
        hint: 'Export the gradebook again: the file was cut short or changed by hand.',
      });
    }
    if (text[at + 1] !== '"') return at;
  }
};

/** Where the rows begin and what stands between their cells. */
export interface Dialect {
  delimiter: string;
  from: number;
}

/**
 * What separates the cells: what Excel's first line says (`sep=;`), else that which cuts the first rows into the most
 * cells, as many in each.
 *
 * @throws ReaderError `gradebook-one-column`
 */
export const csvDialect = (text: string): Dialect => {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const said = /^sep=([^\r\n])(?:\r\n|\r|\n)/iu.exec(text.slice(mark, mark + 10));
  if (said !== null) return { delimiter: said[1]!, from: mark + said[0].length };
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(text, delimiter, mark);
    if (score > best.score) best = { delimiter, score };
  }
  if (best.score > 0) return { delimiter: best.delimiter, from: mark };
  throw new ReaderError({
    code: 'gradebook-one-column',
    explain: 'No columns can be told apart in this file: commas, semicolons and tabs were tried.',
    hint: 'Export the gradebook from the course system as CSV.',
  });
};

const scoreOf = (text: string, delimiter: string, from: number): number => {
  try {
    const counts = csvRows(text, delimiter, from, ROWS_TO_JUDGE).map(({ cells }) => cells.length);
    const [first = 1] = counts;
    return first < 2 ? 0 : first * counts.filter((count) => count === first).length;
  } catch {
    // With another separator the same quotation mark may stand in the middle of a cell.
    return 0;
  }
};
