import { changeRubric } from '../../../instructor/build/edit-items.ts';
import type { Criterion, Item, WrittenItem } from '../../../schemas/assignment.ts';
import { make } from '../../live/dom.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { showValue } from './desk.ts';
import { rubricRow, type RubricRow } from './rubric-row.ts';

type Change = (edit: (item: Item) => Item, what?: string) => void;

export interface WrittenEditor {
  element: HTMLElement;
  /** Where writing begins. */
  first: HTMLElement;
  show: (item: WrittenItem) => void;
}

/** The question of a written item, and the rubric by which its answers are marked. */
export const writtenEditor = (change: Change): WrittenEditor => {
  const edit = (how: (item: WrittenItem) => WrittenItem, what?: string): void => {
    change((item) => (item.kind === 'written' ? how(item) : item), what);
  };
  const prompt = make('textarea', { rows: 4, maxLength: 10_000, required: true });
  prompt.addEventListener('input', () => {
    edit((item) => ({ ...item, prompt: prompt.value }), 'prompt');
  });
  const shown = make('div', { className: 'build-markdown' });
  const rows: RubricRow[] = [];
  const list = make('ul', { className: 'build-rubric' });
  const changeRow = (at: number, how: (row: Criterion) => Criterion, what: string): void => {
    edit(
      (item) =>
        changeRubric(
          item,
          item.rubric.map((row, index) => (index === at ? how(row) : row)),
        ),
      `rubric ${at} ${what}`,
    );
  };
  const removeRow = (at: number): void => {
    edit((item) =>
      changeRubric(
        item,
        item.rubric.filter((_, index) => index !== at),
      ),
    );
    more.focus();
  };
  const more = make('button', { type: 'button', textContent: 'Add a row to the rubric' });
  more.addEventListener('click', () => {
    edit((item) => changeRubric(item, [...item.rubric, { criterion: '', points: 1 }]));
    rows.at(-1)?.first.focus();
  });

  const element = make('div', { className: 'build-written' }, [
    make('label', {}, ['The question, in Markdown', prompt]),
    make('details', {}, [make('summary', { textContent: 'As students see it' }), shown]),
    make('p', { className: 'desk-small' }, [
      'Rubric: what you look for, with points. Students see that; what full and no points look like stays with you.',
    ]),
    list,
    more,
  ]);
  let rendered = '';
  return {
    element,
    first: prompt,
    show: (item) => {
      showValue(prompt, item.prompt);
      if (item.prompt !== rendered || shown.childNodes.length === 0) {
        rendered = item.prompt;
        shown.replaceChildren(...markdownNodes(item.prompt, { heading: 4 }));
      }
      while (rows.length > item.rubric.length) rows.pop()?.element.remove();
      for (const [at, criterion] of item.rubric.entries()) {
        const row = (rows[at] ??= rubricRow(at, changeRow, removeRow));
        if (row.element.parentElement !== list) list.append(row.element);
        row.show(criterion);
      }
      more.disabled = item.rubric.length >= 20;
    },
  };
};
