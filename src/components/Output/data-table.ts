import { make } from '../live/dom.ts';
import { formatNumber } from './format-number.ts';
import { visibleText } from './visible-text.ts';

export type TableCell = string | number | boolean | null;

export interface TableData {
  title?: string | undefined;
  columns: readonly string[];
  rows: readonly (readonly TableCell[])[];
  omittedRows?: number | undefined;
}

const cellNode = (value: TableCell): HTMLTableCellElement => {
  const numeric = typeof value === 'number';
  const text = numeric ? formatNumber(value) : value === null ? '—' : visibleText(String(value));
  return make('td', { className: numeric ? 'hw-number' : '', textContent: text });
};

/** A table that scrolls within itself and can be reached by keyboard. */
export const dataTable = ({ title, columns, rows, omittedRows = 0 }: TableData): HTMLElement => {
  const table = make('table');
  if (title !== undefined) table.append(make('caption', { textContent: visibleText(title) }));
  const head = columns.map((column) =>
    make('th', { scope: 'col', textContent: visibleText(column) }),
  );
  table.append(
    make('thead', {}, [make('tr', {}, head)]),
    make(
      'tbody',
      {},
      rows.map((row) => make('tr', {}, row.map(cellNode))),
    ),
  );
  const frame = make('div', { className: 'hw-table', tabIndex: 0 }, [table]);
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', visibleText(title ?? 'Table'));
  if (omittedRows > 0) {
    frame.append(
      make('p', { className: 'hw-note', textContent: `${omittedRows} more rows are not shown.` }),
    );
  }
  return frame;
};

/** A table behind a toggle, built when it is first opened. */
export const foldedTable = (summary: string, table: () => TableData): HTMLDetailsElement => {
  const details = make('details', { className: 'hw-folded' }, [
    make('summary', { textContent: summary }),
  ]);
  details.addEventListener(
    'toggle',
    () => {
      details.append(dataTable(table()));
    },
    { once: true },
  );
  return details;
};
