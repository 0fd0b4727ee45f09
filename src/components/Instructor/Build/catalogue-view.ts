import { addItem, holdsItem, removeItem } from '../../../instructor/build/edit-items.ts';
import {
  conceptsOf,
  passesFilter,
  type CatalogueFilter,
} from '../../../instructor/build/filter-catalogue.ts';
import { catalogueKey, type CatalogueItem } from '../../../instructor/catalogue.ts';
import { announce } from '../../live/announce.ts';
import { actButton, find, make } from '../../live/dom.ts';
import type { Desk, DeskPart } from './desk.ts';
import { itemWords } from './item-words.ts';

interface Row {
  item: CatalogueItem;
  element: HTMLElement;
  take: HTMLButtonElement;
}

/** The exercises and questions to choose from, behind filters. */
export const catalogueView = (
  root: HTMLElement,
  desk: Desk,
  preview: (item: CatalogueItem) => void,
): DeskPart => {
  const form = find<HTMLFormElement>(root, '[data-filter]');
  const list = find(root, '[data-catalogue]');
  const { items } = desk.catalogue;
  const rows = items.map((item) => makeRow(item, desk, preview));
  list.replaceChildren(...rows.map(({ element }) => element));
  find(form, '[name="concept"]').append(
    ...conceptsOf(items).map((concept) => make('option', { value: concept, textContent: concept })),
  );

  const sift = (): void => {
    const filter = filterOf(form);
    let count = 0;
    for (const { item, element } of rows) {
      element.hidden = !passesFilter(item, filter);
      if (!element.hidden) count += 1;
    }
    find(root, '[data-found]').textContent = `${count} of ${rows.length}`;
    find(root, '[data-none]').hidden = count > 0;
  };
  form.addEventListener('input', sift);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  actButton(root, 'clear-filter').addEventListener('click', () => {
    form.reset();
    sift();
    find(form, '[name="text"]').focus();
  });
  sift();

  return {
    show: () => {
      for (const { item, element, take } of rows) {
        const held = holdsItem(desk.draft, item);
        element.toggleAttribute('data-held', held);
        take.textContent = held ? 'Remove' : 'Add';
        take.setAttribute('aria-label', `${held ? 'Remove' : 'Add'}: ${item.title}`);
      }
    },
  };
};

const makeRow = (item: CatalogueItem, desk: Desk, preview: (item: CatalogueItem) => void): Row => {
  const take = make('button', { type: 'button' });
  take.addEventListener('click', () => {
    const at = desk.draft.items.findIndex((each) => catalogueKey(each) === catalogueKey(item));
    if (at >= 0) desk.edit((draft) => removeItem(draft, at));
    else desk.edit((draft) => addItem(draft, item));
    announce(at >= 0 ? `Removed: ${item.title}` : `Added as number ${desk.draft.items.length}.`);
  });
  const look = make('button', {
    type: 'button',
    textContent: 'Preview',
    ariaLabel: `Preview: ${item.title}`,
  });
  look.dataset['kind'] = 'quiet';
  look.addEventListener('click', () => {
    preview(item);
  });
  const element = make('li', { className: 'build-item' }, [
    make('div', { className: 'build-item-text' }, [
      make('p', { className: 'build-item-title' }, [
        make('span', { className: 'section-no', textContent: item.section }),
        ` ${item.title}`,
      ]),
      make('p', { className: 'desk-small', textContent: itemWords(item) }),
      ...(item.kind === 'exercise'
        ? [make('p', { className: 'desk-small', textContent: item.concepts.join(', ') })]
        : []),
    ]),
    make('div', { className: 'build-item-acts' }, [look, take]),
  ]);
  element.dataset['item'] = catalogueKey(item);
  return { item, element, take };
};

/** What the filter's controls ask for. */
const filterOf = (form: HTMLFormElement): CatalogueFilter => {
  const data = new FormData(form);
  const said = (name: string): string | undefined =>
    String(data.get(name) ?? '').trim() || undefined;
  const kind = said('kind');
  const [chapter, concept, ladder, text] = (['chapter', 'concept', 'ladder', 'text'] as const).map(
    said,
  );
  const [difficulty, minutes] = (['difficulty', 'minutes'] as const).map(said);
  return {
    ...(kind === 'exercise' || kind === 'quiz' ? { kind } : {}),
    ...(chapter === undefined ? {} : { chapter }),
    ...(concept === undefined ? {} : { concept }),
    ...(ladder === undefined ? {} : { ladder }),
    ...(text === undefined ? {} : { text }),
    ...(difficulty === undefined ? {} : { difficulty: Number(difficulty) }),
    ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
  };
};
