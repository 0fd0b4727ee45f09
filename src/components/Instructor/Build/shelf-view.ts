import { draftPoints } from '../../../instructor/build/draft.ts';
import { timeInWords } from '../../../instructor/build/local-time.ts';
import { find, make } from '../../live/dom.ts';
import type { ShelfRecord } from '../store/shelf.ts';
import { pointsWords } from './item-words.ts';

/** What can be done with an assignment on the shelf. */
export interface ShelfActs {
  open: (id: string) => void;
  duplicate: (id: string) => void;
  remove: (id: string) => void;
}

/** The assignments that are kept in this browser; the open one is marked. */
export const showShelf = (
  root: HTMLElement,
  records: readonly ShelfRecord[],
  current: string | undefined,
  acts: ShelfActs,
): void => {
  find(root, '[data-shelf-empty]').hidden = records.length > 0;
  find(root, '[data-shelf]').replaceChildren(
    ...records.map(({ id, draft }) => {
      const name = draft.title.trim() || 'Untitled';
      const act = (label: string, run: (id: string) => void): HTMLButtonElement => {
        const button = make('button', { type: 'button', textContent: label });
        button.setAttribute('aria-label', `${label}: ${name}`);
        button.addEventListener('click', () => {
          run(id);
        });
        return button;
      };
      const open = act(id === current ? 'Go to it' : 'Open', acts.open);
      if (id === current) open.setAttribute('aria-current', 'true');
      const quiet = [act('Duplicate', acts.duplicate), act('Delete', acts.remove)];
      for (const button of quiet) button.dataset['kind'] = 'quiet';
      const row = make('li', { className: 'build-item' }, [
        make('div', { className: 'build-item-text' }, [
          make('p', { className: 'build-item-title', textContent: name }),
          make('p', {
            className: 'desk-small',
            textContent: (id === current ? 'Open below; ' : '') + about({ draft }),
          }),
        ]),
        make('div', { className: 'build-item-acts' }, [open, ...quiet]),
      ]);
      row.dataset['record'] = id;
      row.toggleAttribute('data-held', id === current);
      return row;
    }),
  );
};

const about = ({ draft }: Pick<ShelfRecord, 'draft'>): string => {
  const { items, due } = draft;
  return [
    items.length === 1 ? '1 item' : `${items.length} items`,
    pointsWords(draftPoints(draft)),
    due === undefined ? 'no due time' : `due ${timeInWords(due)}`,
  ].join(' · ');
};
