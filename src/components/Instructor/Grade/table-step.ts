import { actButton, find, make } from '../../live/dom.ts';
import { DetailView } from './detail-view.ts';
import { part, say, type Desk, type Step } from './desk.ts';
import { columns, rowNode } from './table-view.ts';
import { filters, firstView, listRows, PAGE_SIZE, type Filter, type ListView } from './row-list.ts';
import { counted } from './words.ts';

/** Between two drawings of the table, in ms: grading may bring many rows a second. */
const CALM_MS = 250;

/** The table of all hand-ins, fifty at a time, and the one that is open below it. */
export class TableStep implements Step {
  readonly #desk: Desk;
  #view: ListView = firstView;
  /** Keys in the order of the table, all pages: what “next” goes by. */
  #order: string[] = [];
  #open: string | undefined;
  /** What is being drawn: a drawing that was overtaken must not stand over a later one. */
  #ticket = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { root } = desk;
    part(root, 'columns').replaceChildren(
      ...columns.map((column) => this.#header(column)),
      remarkHeader(),
    );
    const filter = find<HTMLSelectElement>(root, '[name="filter"]');
    filter.replaceChildren(
      ...Object.entries(filters).map(([value, textContent]) =>
        make('option', { value, textContent }),
      ),
    );
    filter.addEventListener('change', () => {
      this.#look({ filter: filter.value as Filter, page: 0 });
    });
    const search = find<HTMLInputElement>(root, '[name="search"]');
    search.addEventListener('input', () => {
      this.#look({ search: search.value, page: 0 });
    });
    const on = (act: string, press: () => void): void => {
      actButton(root, act).addEventListener('click', press);
    };
    on('page-back', () => {
      this.#look({ page: this.#view.page - 1 });
    });
    on('page-on', () => {
      this.#look({ page: this.#view.page + 1 });
    });
    on('reveal', () => {
      const { grading } = desk;
      void grading.change({ revealed: !grading.work.revealed }).then(() => this.redraw());
    });
    on('undo', () => void this.#undo());
    on('previous', () => {
      this.#step(-1);
    });
    on('next', () => {
      this.#step(1);
    });
    on('close', () => {
      this.#close();
    });
    part(root, 'rows').addEventListener('click', ({ target }) => {
      const key =
        target instanceof Element && target.closest<HTMLElement>('[data-open]')?.dataset['open'];
      if (key) void this.open(key);
    });
  }

  /** Another work is open: the table begins anew. */
  begin(): void {
    this.#view = firstView;
    find<HTMLSelectElement>(this.#desk.root, '[name="filter"]').value = 'all';
    find<HTMLInputElement>(this.#desk.root, '[name="search"]').value = '';
    this.#close();
  }

  /** Draws soon: at once if it was calm, else when it is. */
  show(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#drawnAt + CALM_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, wait);
  }

  async open(key: string): Promise<void> {
    this.#open = key;
    part(this.#desk.root, 'detail-box').hidden = false;
    if (!(await this.redraw())) return;
    this.#mark();
    find(part(this.#desk.root, 'detail'), 'h3').focus({ preventScroll: true });
    part(this.#desk.root, 'detail-box').scrollIntoView({ block: 'start' });
  }

  /** Draws the open hand-in anew; false if there is none, or another was opened meanwhile. */
  async redraw(): Promise<boolean> {
    const { root, grading, book, titles } = this.#desk;
    const key = this.#open;
    if (key === undefined || grading.row(key) === undefined) return false;
    const ticket = {};
    this.#ticket = ticket;
    const view = new DetailView(part(root, 'detail'), {
      book,
      titles,
      work: () => grading.work,
      row: () => grading.row(key) ?? fail(key),
      change: (marking) => void grading.mark(key, marking),
      others: () => grading.othersOf(key),
      choose: (other) => void grading.choose(other.key).then(() => this.open(other.key)),
    });
    return view.draw(() => this.#ticket === ticket);
  }

  #close(): void {
    const { root } = this.#desk;
    const key = this.#open;
    this.#open = undefined;
    this.#ticket = {};
    part(root, 'detail-box').hidden = true;
    part(root, 'detail').replaceChildren();
    if (key !== undefined) this.#button(key)?.focus();
  }

  #look(change: Partial<ListView>): void {
    this.#view = { ...this.#view, ...change };
    this.#draw();
  }

  #draw(): void {
    const { root, grading, pairs, titles } = this.#desk;
    this.#drawnAt = performance.now();
    const alike = new Set(pairs.flatMap(({ one, other }) => [one, other]));
    const { shown, page, pages, matching } = listRows(
      grading.work,
      grading.rows,
      this.#view,
      alike,
    );
    this.#view = { ...this.#view, page };
    this.#order = matching.flatMap(({ key, handIn }) => (handIn === undefined ? [] : [key]));
    const focused = document.activeElement?.getAttribute('data-open');
    part(root, 'rows').replaceChildren(
      ...shown.map((row) =>
        rowNode(grading.work, row, {
          alike: alike.has(row.key),
          others: grading.othersOf(row.key).length,
          titles,
        }),
      ),
    );
    // The row that had the focus was drawn anew.
    if (focused) this.#button(focused)?.focus({ preventScroll: true });
    this.#mark();
    for (const header of root.querySelectorAll<HTMLElement>('[data-sort]')) {
      const isSorted = header.dataset['sort'] === this.#view.sort;
      const order = this.#view.descending ? 'descending' : 'ascending';
      header.closest('th')?.setAttribute('aria-sort', isSorted ? order : 'none');
    }
    const from = page * PAGE_SIZE;
    say(
      root,
      'page',
      matching.length === 0
        ? 'None.'
        : `${from + 1} to ${from + shown.length} of ${counted(matching.length, 'row')}`,
    );
    for (const [act, isEnd] of [
      ['page-back', page === 0],
      ['page-on', page >= pages - 1],
    ] as const) {
      actButton(root, act).disabled = isEnd;
      actButton(root, act).hidden = pages === 1;
    }
    actButton(root, 'undo').disabled = !grading.canUndo;
    const { revealed } = grading.work;
    actButton(root, 'reveal').textContent = revealed ? 'Hide the names' : 'Reveal the names';
  }

  /** Marks the open row, and says where it stands among the others. */
  #mark(): void {
    const { root } = this.#desk;
    for (const tr of part(root, 'rows').children) {
      tr.toggleAttribute('data-shown', tr.getAttribute('data-row') === this.#open);
    }
    const at = this.#open === undefined ? -1 : this.#order.indexOf(this.#open);
    actButton(root, 'previous').disabled = at <= 0;
    actButton(root, 'next').disabled = at < 0 || at >= this.#order.length - 1;
  }

  #step(by: number): void {
    const at = this.#open === undefined ? -1 : this.#order.indexOf(this.#open);
    const key = this.#order[at + by];
    if (key !== undefined) void this.open(key);
  }

  async #undo(): Promise<void> {
    const key = await this.#desk.grading.undo();
    if (key !== undefined) await this.open(key);
  }

  #button(key: string): HTMLElement | null {
    return this.#desk.root.querySelector<HTMLElement>(`[data-open="${CSS.escape(key)}"]`);
  }

  #header({ key, title, isNumber }: (typeof columns)[number]): HTMLElement {
    const button = make('button', { type: 'button', textContent: title });
    button.dataset['sort'] = key;
    button.dataset['kind'] = 'quiet';
    button.addEventListener('click', () => {
      const { sort, descending } = this.#view;
      this.#look({ sort: key, descending: sort === key ? !descending : false, page: 0 });
    });
    const header = make('th', { scope: 'col', className: isNumber ? 'hw-number' : '' }, [button]);
    header.setAttribute('aria-sort', 'none');
    return header;
  }
}

const remarkHeader = (): HTMLElement => make('th', { scope: 'col', textContent: 'Remarks' });

const fail = (key: string): never => {
  throw new Error(`There is no row ${key}.`);
};
