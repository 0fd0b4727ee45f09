import { make } from '../../live/dom.ts';
import { textWithCode } from '../../Output/text-with-code.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { lateWordsForInstructor } from './late-words.ts';
import { arrivalOf, latenessOf, markOf } from './mark-of.ts';
import { allRemarks } from './remark-words.ts';
import { attemptsOf, claimDiffers, hintsOf, type SortKey } from './row-list.ts';
import { timeWords } from './words.ts';
import { rowName, type Row, type Work } from './work.ts';

/** The columns after the name. */
export const columns: { key: SortKey; title: string; isNumber: boolean }[] = [
  { key: 'name', title: 'Student', isNumber: false },
  { key: 'arrived', title: 'Came', isNumber: false },
  { key: 'claimed', title: 'Claimed', isNumber: true },
  { key: 'rerun', title: 'Re-run', isNumber: true },
  { key: 'attempts', title: 'Attempts', isNumber: true },
  { key: 'hints', title: 'Hints', isNumber: true },
  { key: 'mark', title: 'Mark', isNumber: true },
];

const points = (value: number | undefined): string => (value === undefined ? '–' : String(value));

const cell = (text: string, isNumber = false): HTMLTableCellElement =>
  make('td', { className: isNumber ? 'hw-number' : '', textContent: text });

/** What else is known of a row: whether it is alike with another, and how many older ones of the student there are. */
export interface RowContext {
  alike: boolean;
  others: number;
  /** Titles of the assignment's items, by `kind id`. */
  titles?: ReadonlyMap<string, string>;
}

/** What a row says at its end: the first few remarks, or why there are no marks. */
const remarkCell = (work: Work, row: Row, context: RowContext): HTMLTableCellElement => {
  const trouble = row.fault ?? row.gradingFault;
  const notes =
    trouble === undefined
      ? [
          ...(context.alike ? ['Alike with another.'] : []),
          ...allRemarks(work, row, context.others, context.titles),
        ]
      : [trouble.explain];
  const shown = notes.slice(0, 2).map((note) => make('p', {}, textWithCode(note)));
  if (notes.length > 2) shown.push(make('p', { textContent: `and ${notes.length - 2} more` }));
  return make('td', { className: 'grade-remarks' }, shown);
};

/** The name, as a button that opens the hand-in; a file that is none has nothing to open. */
const nameNode = (work: Work, row: Row): HTMLElement => {
  const textContent = visibleText(rowName(row, work.revealed));
  if (row.handIn === undefined) return make('span', { className: 'grade-file', textContent });
  const open = make('button', { type: 'button', textContent });
  open.dataset['open'] = row.key;
  return open;
};

/** One row of the table. Its first cell is a button that opens it. */
export const rowNode = (work: Work, row: Row, context: RowContext): HTMLTableRowElement => {
  const mark = markOf(work, row);
  const late = latenessOf(work, row);
  const at = arrivalOf(work, row);
  const came = make('td', {}, [
    make('span', { textContent: at === undefined ? '' : timeWords(at) }),
    ' ',
    make('span', {
      className: 'grade-late',
      textContent: row.handIn === undefined ? '' : lateWordsForInstructor(late, work),
    }),
  ]);
  if (late !== undefined) came.dataset['late'] = late.state;
  const claimed = cell(points(row.graded?.claimedEarned), true);
  claimed.toggleAttribute('data-differs', claimDiffers(row));
  const total =
    mark === undefined
      ? '–'
      : `${mark.mark} of ${mark.possible}${mark.toMark > 0 ? `, ${mark.toMark} to mark` : ''}`;
  const tr = make('tr', {}, [
    make('th', { scope: 'row' }, [nameNode(work, row)]),
    came,
    claimed,
    cell(points(row.graded?.earned), true),
    cell(row.handIn === undefined ? '–' : String(attemptsOf(row)), true),
    cell(row.handIn === undefined ? '–' : String(hintsOf(row)), true),
    cell(total, true),
    remarkCell(work, row, context),
  ]);
  tr.dataset['row'] = row.key;
  tr.dataset['state'] = stateOf(row);
  return tr;
};

const stateOf = (row: Row): string => {
  if (row.state === 'refused') return 'refused';
  if (row.gradingFault !== undefined) return 'fault';
  return row.graded === undefined ? 'waiting' : 'graded';
};
