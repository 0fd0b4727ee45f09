import { timeInWords } from '../../../instructor/build/local-time.ts';
import { find, make } from '../../live/dom.ts';
import { visibleText } from '../../Output/visible-text.ts';
import type { TakenStore } from './taken-store.ts';
import type { TakenAssignment } from './taken.ts';

/** How an assignment of this browser stands, in a few words. */
export const begunWords = ({ startedAt, handedIn }: TakenAssignment): string => {
  const last = handedIn.at(-1);
  if (last !== undefined) return `handed in ${timeInWords(last.at)}`;
  return startedAt === undefined ? 'not begun' : `begun ${timeInWords(startedAt)}`;
};

/** The assignments that were opened in this browser: to go on with, or to take away. */
export const showBegun = async (
  root: HTMLElement,
  store: TakenStore,
  resume: (record: TakenAssignment) => void,
): Promise<void> => {
  const place = find(root, '[data-begun]');
  const list = find(place, 'ul');
  const records = await store.assignments();
  place.hidden = records.length === 0;
  list.replaceChildren(...records.map((record) => row(record, { root, store, resume })));
};

interface RowContext {
  root: HTMLElement;
  store: TakenStore;
  resume: (record: TakenAssignment) => void;
}

const row = (record: TakenAssignment, { root, store, resume }: RowContext): HTMLElement => {
  const title = visibleText(record.title);
  const open = make('button', { type: 'button', textContent: title });
  open.addEventListener('click', () => {
    resume(record);
  });
  const remove = make('button', { type: 'button', textContent: 'Remove' });
  remove.dataset['kind'] = 'quiet';
  remove.setAttribute('aria-label', `Remove ${title}`);
  const item = make('li', {}, [open, ` ${begunWords(record)} `, remove]);
  remove.addEventListener('click', () => {
    void store.remove(record.id).then((kept) => {
      const undo = make('button', { type: 'button', textContent: 'Undo' });
      undo.addEventListener('click', () => {
        if (kept === undefined) return;
        void Promise.all([
          store.saveAssignment(kept.assignment),
          ...kept.work.map((work) => store.saveWork(record.id, work)),
        ]).then(() => showBegun(root, store, resume));
      });
      item.replaceChildren(`${title} and your work at it are removed. `, undo);
      undo.focus();
    });
  });
  return item;
};
