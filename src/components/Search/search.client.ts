/** The search dialog: fetches the index, searches as the reader types, and goes where the reader says. */
import type MiniSearch from 'minisearch';
import { find, make } from '../live/dom.ts';
import { once } from '../live/services.ts';
import { readIndex, searchBook } from './search-index.ts';
import type { Found } from './search-index.ts';
import type { RecordKind, SearchRecord } from './search-record.ts';
import { markWords, snippet } from './snippet.ts';
import type { Stretch } from './snippet.ts';

const MOST_SHOWN = 30;

const KINDS: Readonly<Record<RecordKind, string>> = {
  section: 'Section',
  notes: 'Case notes',
  figure: 'Figure',
  cell: 'Cell',
  exercise: 'Exercise',
  term: 'Glossary',
};

const stretches = (parts: readonly Stretch[]): (Node | string)[] =>
  parts.map(({ text, marked }) => (marked ? make('mark', {}, [text]) : text));

class SearchDialog {
  private readonly dialog: HTMLDialogElement;
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private index: MiniSearch<SearchRecord> | undefined;
  private chosen = -1;
  private shownQuery = '';
  private readonly fetchIndex: () => Promise<MiniSearch<SearchRecord>>;

  constructor(dialog: HTMLDialogElement) {
    this.dialog = dialog;
    this.field = find<HTMLInputElement>(dialog, 'input');
    this.list = find(dialog, '[role="listbox"]');
    this.status = find(dialog, '[data-status]');
    this.fetchIndex = once(async () => {
      const answer = await fetch(dialog.dataset['index'] ?? '');
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      return readIndex(await answer.text());
    });
    this.field.addEventListener('input', () => {
      this.show();
    });
    this.field.addEventListener('keydown', this.keyed);
    // Within the page nothing is loaded: the dialog would stay before what was found.
    this.list.addEventListener('click', (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (plain && event.target instanceof Element && event.target.closest('a')) dialog.close();
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  /** Called whenever the dialog was opened. */
  async open(): Promise<void> {
    if (this.index === undefined) {
      this.say('Fetching the index…');
      try {
        this.index = await this.fetchIndex();
      } catch (error) {
        console.warn(error);
        this.fail();
        return;
      }
    }
    this.show();
  }

  private fail(): void {
    this.list.replaceChildren();
    const again = make('button', { type: 'button', textContent: 'Try again' });
    again.addEventListener('click', () => {
      this.field.focus();
      void this.open();
    });
    this.status.replaceChildren(
      navigator.onLine
        ? 'The index of the book could not be fetched. '
        : 'You are offline, and the index of the book has not been fetched before. ',
      again,
    );
  }

  private say(words: string): void {
    this.status.textContent = words;
  }

  private show(): void {
    const query = this.field.value.trim();
    if (this.index === undefined || (query === this.shownQuery && query !== '')) return;
    this.shownQuery = query;
    const { found, whole } = searchBook(this.index, query);
    const shown = found.slice(0, MOST_SHOWN);
    this.list.replaceChildren(...shown.map((each, position) => this.row(each, position)));
    this.list.scrollTop = 0;
    this.choose(-1);
    this.field.setAttribute('aria-expanded', String(shown.length > 0));
    this.say(query === '' ? '' : tally(found.length, whole, query));
  }

  private row(record: Found, position: number): HTMLElement {
    const { kind, number, title, place, path, text, terms } = record;
    const where = kind === 'section' && title === place ? [] : [place];
    const link = make(
      'a',
      { href: (this.dialog.dataset['base'] ?? '/') + path, id: `search-result-${position}` },
      [
        make('span', { className: 'search-title' }, [
          make('span', { className: 'search-number' }, [number]),
          ' ',
          ...stretches(markWords(title, terms)),
        ]),
        make('span', { className: 'search-place' }, [[KINDS[kind], ...where].join(' · ')]),
        ...(text === ''
          ? []
          : [make('span', { className: 'search-text' }, stretches(snippet(text, terms)))]),
      ],
    );
    // The focus stays in the field, so that the reader can go on typing.
    link.tabIndex = -1;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    const row = make('li', {}, [link]);
    row.setAttribute('role', 'presentation');
    return row;
  }

  private get links(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll('a')];
  }

  private choose(position: number): void {
    const links = this.links;
    links[this.chosen]?.setAttribute('aria-selected', 'false');
    this.chosen = position;
    const link = links[position];
    if (link === undefined) {
      this.field.removeAttribute('aria-activedescendant');
      return;
    }
    link.setAttribute('aria-selected', 'true');
    this.field.setAttribute('aria-activedescendant', link.id);
    link.scrollIntoView({ block: 'nearest' });
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { length } = this.links;
    if (event.key === 'Enter') {
      // Else the form would close the dialog.
      event.preventDefault();
      this.links[Math.max(0, this.chosen)]?.click();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // Past either end comes the field itself, with nothing chosen.
      this.choose(((this.chosen + 1 + step + length + 1) % (length + 1)) - 1);
    } else if (event.key === 'Escape') {
      // The browser's own search field would only be emptied.
      event.preventDefault();
      this.dialog.close();
    }
  };
}

const tally = (count: number, whole: boolean, query: string): string => {
  if (count === 0) return `Nothing in the book matches “${query}”.`;
  const more = count > MOST_SHOWN ? `; the first ${MOST_SHOWN} are shown` : '';
  return whole
    ? `${count} ${count === 1 ? 'result' : 'results'}${more}`
    : `Nothing has all of these words; ${count} ${count === 1 ? 'has' : 'have'} some${more}`;
};

let search: SearchDialog | undefined;

/** Makes the dialog, which is open by now, search. */
export const openSearch = (dialog: HTMLDialogElement): void => {
  search ??= new SearchDialog(dialog);
  void search.open();
};
