import { changeItem, removeItem } from '../../../instructor/build/edit-items.ts';
import { itemTitle } from '../../../instructor/build/draft.ts';
import { catalogueKey, type CatalogueItem } from '../../../instructor/catalogue.ts';
import type { Item } from '../../../schemas/assignment.ts';
import { announce } from '../../live/announce.ts';
import { make } from '../../live/dom.ts';
import { showValue, type Desk } from './desk.ts';
import { dragRow, type Ordering } from './drag-rows.ts';
import { pointsWords } from './item-words.ts';
import { writtenEditor } from './written-editor.ts';

/** One chosen item with its controls. */
export interface ChosenRow {
  element: HTMLElement;
  handle: HTMLElement;
  show: (item: Item, at: number, of: number) => void;
  focusFirst: () => void;
}

interface RowTools {
  preview: (item: CatalogueItem) => void;
  ordering: Ordering;
}

/** Makes the row of the item filed under `key`; what it shows is told to it afterwards. */
export const chosenRow = (key: string, desk: Desk, { preview, ordering }: RowTools): ChosenRow => {
  const [kind = ''] = key.split(' ');
  const place = (): number => desk.draft.items.findIndex((item) => catalogueKey(item) === key);
  /** `what` names what is typed at; a change that is whole by itself has no name. */
  const change = (edit: (item: Item) => Item, what = ''): void => {
    const at = place();
    const name = what === '' ? undefined : `${key} ${what}`;
    if (at >= 0) desk.edit((draft) => changeItem(draft, at, edit), name);
  };

  const handle = make('button', { type: 'button', className: 'build-handle' });
  const title = make('p', { className: 'build-item-title' });
  const note = make('p', { className: 'desk-small' });
  const points = make('input', { type: 'number', min: '0', max: '1000', step: 'any' });
  points.addEventListener('input', () => {
    const value = Number(points.value);
    if (points.value === '' || !Number.isFinite(value) || value < 0) return;
    change((item) => ({ ...item, points: Math.min(1000, value) }), 'points');
  });
  const partial = make('select', {}, [
    make('option', { value: 'per-check', textContent: 'points for each check' }),
    make('option', { value: 'all-or-nothing', textContent: 'all or nothing' }),
  ]);
  partial.addEventListener('change', () => {
    const rule = partial.value === 'all-or-nothing' ? 'all-or-nothing' : 'per-check';
    change((item) => (item.kind === 'exercise' ? { ...item, partial: rule } : item));
  });
  const look = make('button', { type: 'button', textContent: 'Preview' });
  look.dataset['kind'] = 'quiet';
  look.addEventListener('click', () => {
    const item = desk.index.get(key);
    if (item !== undefined) preview(item);
  });
  const remove = make('button', { type: 'button', textContent: 'Remove' });
  remove.dataset['kind'] = 'quiet';
  remove.addEventListener('click', () => {
    const at = place();
    if (at < 0) return;
    const name = itemTitle(desk.draft.items[at]!, desk.index);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    desk.edit((draft) => removeItem(draft, at));
    next?.querySelector<HTMLElement>('.build-handle')?.focus();
    announce(`Removed: ${name}. Undo brings it back.`);
  });
  const written = kind === 'written' ? writtenEditor(change) : undefined;
  const element = make('li', { className: 'build-item build-chosen' }, [
    handle,
    make('div', { className: 'build-item-text' }, [title, note]),
    make('div', { className: 'build-item-acts' }, [
      make('label', { className: 'build-points' }, [points, ' points']),
      ...(kind === 'exercise' ? [partial] : []),
      ...(kind === 'written' ? [] : [look]),
      remove,
    ]),
    ...(written === undefined ? [] : [written.element]),
  ]);
  element.dataset['chosen'] = key;
  dragRow(element, handle, ordering);

  return {
    element,
    handle,
    focusFirst: () => {
      (written?.first ?? points).focus();
    },
    show: (item, at, of) => {
      const name = itemTitle(item, desk.index);
      const known = desk.index.get(key);
      title.textContent = `${at + 1}. ${name}`;
      note.textContent = noteOf(item, known);
      handle.setAttribute(
        'aria-label',
        `Move “${name}”, ${at + 1} of ${of}: arrow keys, Home, End`,
      );
      points.setAttribute('aria-label', `Points of “${name}”`);
      partial.setAttribute('aria-label', `Partial credit of “${name}”`);
      look.setAttribute('aria-label', `Preview: ${name}`);
      look.disabled = known === undefined;
      remove.setAttribute('aria-label', `Remove: ${name}`);
      showValue(points, String(item.points));
      // The rows of a rubric decide.
      points.disabled = item.kind === 'written' && item.rubric.length > 0;
      if (item.kind === 'exercise') showValue(partial, item.partial);
      if (item.kind === 'written') written?.show(item);
    },
  };
};

const noteOf = (item: Item, known: CatalogueItem | undefined): string => {
  if (item.kind === 'written') return `Written, marked by you · ${pointsWords(item.points)}`;
  if (known === undefined) return 'Not in this printing of the book';
  const drift =
    known.version === item.version ? '' : ' · set in another version than this printing has';
  return `Section ${known.section} · ${item.kind === 'quiz' ? 'question' : 'exercise'}${drift}`;
};
