import { make } from '../../live/dom.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import { visibleText } from '../../Output/visible-text.ts';
import type { BookSource } from './book-source.ts';
import { lateWordsForInstructor } from './late-words.ts';
import { arrivalOf, latenessOf } from './mark-of.ts';
import { generalRemarks } from './remark-words.ts';
import { timeWords } from './words.ts';
import { rowName, type Marking, type Row, type Work } from './work.ts';

export interface DetailOptions {
  book: BookSource;
  work: () => Work;
  /** The row as it is now. */
  row: () => Row;
  /** Titles by `kind id`. */
  titles: ReadonlyMap<string, string>;
  change: (marking: Marking) => void;
  /** Other hand-ins of the same student, which do not count. */
  others: () => Row[];
  /** Makes one of them count. */
  choose: (row: Row) => void;
}

/** Who it is of, when it came, what is to be said of the whole. */
export const detailHead = (options: DetailOptions): HTMLElement => {
  const [work, row] = [options.work(), options.row()];
  const at = arrivalOf(work, row);
  const facts: [string, string][] = [
    ['Came', cameWords(at, work.arrival.kind === 'files' ? row.arrival?.from : undefined)],
    ['', lateWordsForInstructor(latenessOf(work, row), work)],
    ['By the student’s clock', row.handIn === undefined ? '' : timeWords(row.handIn.handedInAt)],
    ...(work.revealed ? ([['File', row.path]] as [string, string][]) : []),
  ];
  const heading = make('h3', {
    tabIndex: -1,
    textContent: visibleText(rowName(row, work.revealed)),
  });
  return make('header', {}, [
    heading,
    make('p', { className: 'hw-note' }, [
      facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => visibleText(name === '' ? value : `${name}: ${value}`))
        .join(' · '),
    ]),
    make('p', { className: 'grade-sum' }),
    ...(row.gradingFault === undefined ? [] : [errorNotice(row.gradingFault)]),
    ...remarkList(generalRemarks(work, row)),
    ...othersList(options),
  ]);
};

const sources = { 'lms-name': 'the LMS’s name', zip: 'the archive', file: 'the file on the disk' };

/** When it came, and by whose clock. */
const cameWords = (at: string | undefined, from: keyof typeof sources | undefined): string => {
  if (at === undefined) return 'no file time: see “When they came”';
  return from === undefined ? timeWords(at) : `${timeWords(at)} by ${sources[from]}`;
};

/** The student's other hand-ins, each of which can be made the one that counts. */
const othersList = (options: DetailOptions): Node[] => {
  const [work, others] = [options.work(), options.others()];
  if (others.length === 0) return [];
  const items = others.map((row) => {
    const at = arrivalOf(work, row);
    const button = make('button', { type: 'button', textContent: 'Count this one instead' });
    button.addEventListener('click', () => {
      options.choose(row);
    });
    const when = at === undefined ? 'came at an unknown time' : `came ${timeWords(at)}`;
    return make('li', {}, [
      visibleText(work.revealed ? `${row.path}, ${when} ` : `Another, ${when} `),
      button,
    ]);
  });
  return [
    make('p', { textContent: 'The same student handed in more than once:' }),
    make('ul', { className: 'grade-notes' }, items),
  ];
};

/** Remarks as a list; nothing for none. */
export const remarkList = (remarks: readonly string[]): HTMLElement[] =>
  remarks.length === 0
    ? []
    : [
        make(
          'ul',
          { className: 'grade-notes' },
          remarks.map((text) => make('li', { textContent: visibleText(text) })),
        ),
      ];
