import type { Item } from '../../../schemas/assignment.ts';
import { make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { standingOf } from './standing.ts';
import { itemKey } from './taken.ts';
import type { AllWork } from './taken.ts';

/** `5 points`; `1 point`. */
export const pointWords = (points: number): string =>
  `${points.toLocaleString('en-GB')} ${points === 1 ? 'point' : 'points'}`;

/** What an item is called before its title is known. */
export const fallbackTitle = (item: Item, index: number): string =>
  item.kind === 'written'
    ? `Question ${index + 1}, in writing`
    : `${item.kind === 'quiz' ? 'Question' : 'Exercise'} ${item.id}`;

/** The list of an assignment's items with their standing. Buttons, not links: the address holds the assignment. */
export class ItemList {
  readonly #rows = new Map<string, { title: HTMLElement; standing: HTMLElement; item: Item }>();

  constructor(list: HTMLElement, items: readonly Item[], goTo: (item: Item) => void) {
    list.replaceChildren(
      ...items.map((item, index) => {
        const title = make('span', { textContent: fallbackTitle(item, index) });
        const standing = make('span', { className: 'take-standing' });
        const button = make('button', { type: 'button', className: 'take-go' }, [title]);
        button.addEventListener('click', () => {
          goTo(item);
        });
        this.#rows.set(itemKey(item), { title, standing, item });
        const row = make('li', {}, [
          make('div', { className: 'take-row' }, [
            button,
            make('span', { className: 'take-points', textContent: pointWords(item.points) }),
            standing,
          ]),
        ]);
        row.dataset['row'] = itemKey(item);
        return row;
      }),
    );
  }

  title(item: Item, title: string): void {
    const row = this.#rows.get(itemKey(item));
    if (row !== undefined && title !== '') row.title.textContent = visibleText(title);
  }

  /** Shows how each item stands. */
  show(work: AllWork): void {
    for (const { item, standing } of this.#rows.values()) {
      const { state, words } = standingOf(item, work);
      standing.textContent = words;
      standing.dataset['state'] = state;
    }
  }
}
