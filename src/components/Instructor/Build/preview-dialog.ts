import { addItem, holdsItem } from '../../../instructor/build/edit-items.ts';
import type { CatalogueItem } from '../../../instructor/catalogue.ts';
import { fetchSheet } from '../../Exercise/exercise-sheet.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';
import type { Desk } from './desk.ts';
import { fetchPreview } from './fetch-preview.ts';
import { itemWords } from './item-words.ts';
import { previewNodes } from './preview-nodes.ts';

/** Shows one exercise or question with its answer, and lets it be taken into the assignment. */
export const previewDialog = (root: ParentNode, desk: Desk): ((item: CatalogueItem) => void) => {
  const dialog = find<HTMLDialogElement>(root, '[data-preview]');
  const body = find(dialog, '[data-preview-body]');
  const add = actButton(dialog, 'add-previewed');
  let shown: CatalogueItem | undefined;
  add.addEventListener('click', () => {
    const item = shown;
    if (item === undefined) return;
    desk.edit((draft) => addItem(draft, item));
    dialog.close();
  });

  const load = async (item: CatalogueItem): Promise<void> => {
    body.replaceChildren(make('p', { className: 'desk-small', textContent: 'Fetching it…' }));
    body.setAttribute('aria-busy', 'true');
    try {
      const [preview, sheet] = await Promise.all([
        fetchPreview(item),
        item.kind === 'exercise' ? fetchSheet(item.id) : undefined,
      ]);
      // Another may have been asked for meanwhile.
      if (shown === item) body.replaceChildren(...previewNodes(preview, sheet));
    } catch (error) {
      console.warn(error);
      if (shown !== item) return;
      const again = make('button', { type: 'button', textContent: 'Try again' });
      again.addEventListener('click', () => void load(item));
      const words = 'It could not be fetched. Check the connection and try again.';
      body.replaceChildren(make('p', { textContent: words }), again);
    } finally {
      if (shown === item) body.removeAttribute('aria-busy');
    }
  };

  return (item) => {
    shown = item;
    // The question itself is the first thing below.
    find(dialog, '[data-preview-title]').textContent =
      item.kind === 'quiz' ? `A question of section ${item.section}` : item.title;
    find(dialog, '[data-preview-about]').textContent = itemWords(item);
    const place = find<HTMLAnchorElement>(dialog, '[data-preview-place]');
    place.href = `${siteBase}${item.path}`;
    place.textContent = `See it in section ${item.section}`;
    const held = holdsItem(desk.draft, item);
    add.disabled = held;
    add.textContent = held ? 'It is in the assignment' : 'Add to the assignment';
    if (!dialog.open) dialog.showModal();
    void load(item);
  };
};
