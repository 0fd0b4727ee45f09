import { addWritten, moveItem } from '../../../instructor/build/edit-items.ts';
import { draftMinutes, draftPoints, itemTitle } from '../../../instructor/build/draft.ts';
import { catalogueKey, type CatalogueItem } from '../../../instructor/catalogue.ts';
import { announce } from '../../live/announce.ts';
import { actButton, find } from '../../live/dom.ts';
import { chosenRow, type ChosenRow } from './chosen-row.ts';
import type { Desk, DeskPart } from './desk.ts';
import { minutesWords, pointsWords } from './item-words.ts';

/** The items of the assignment in their order. */
export const chosenView = (
  root: HTMLElement,
  desk: Desk,
  preview: (item: CatalogueItem) => void,
): DeskPart => {
  const list = find(root, '[data-chosen]');
  const rows = new Map<string, ChosenRow>();

  const show = (): void => {
    const { items } = desk.draft;
    const keys = items.map(catalogueKey);
    for (const [key, row] of rows) {
      if (keys.includes(key)) continue;
      row.element.remove();
      rows.delete(key);
    }
    for (const [at, item] of items.entries()) {
      const key = keys[at]!;
      let row = rows.get(key);
      if (row === undefined) {
        row = chosenRow(key, desk, { preview, ordering: { list, move, restore: show } });
        rows.set(key, row);
      }
      // Only a row that is out of place is moved: one that is touched for nothing loses its focus.
      const there = list.children[at];
      if (there !== row.element) list.insertBefore(row.element, there ?? null);
      row.show(item, at, items.length);
    }
    find(root, '[data-empty]').hidden = items.length > 0;
    const total = [
      items.length === 1 ? '1 item' : `${items.length} items`,
      pointsWords(draftPoints(desk.draft)),
      `about ${minutesWords(draftMinutes(desk.draft, desk.index))}`,
    ].join(', ');
    find(root, '[data-total]').textContent = items.length === 0 ? '' : total;
  };

  const move = (from: number, to: number): void => {
    const item = desk.draft.items[from];
    if (item === undefined) return;
    desk.edit((draft) => moveItem(draft, from, to));
    // A row that was moved in the document lost its focus.
    rows.get(catalogueKey(item))?.handle.focus();
    announce(`${itemTitle(item, desk.index)}: now ${to + 1} of ${desk.draft.items.length}.`);
  };

  actButton(root, 'add-written').addEventListener('click', () => {
    desk.edit(addWritten);
    const last = desk.draft.items.at(-1);
    if (last !== undefined) rows.get(catalogueKey(last))?.focusFirst();
  });
  return { show };
};
