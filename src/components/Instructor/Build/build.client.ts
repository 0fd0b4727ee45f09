import {
  catalogueIndex,
  type Catalogue,
  type CatalogueItem,
} from '../../../instructor/catalogue.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import { openShelf, type Shelf, type ShelfRecord } from '../store/shelf.ts';
import type { Desk, DeskPart } from './desk.ts';
import { deskParts } from './desk-parts.ts';
import { DeskSession } from './desk-session.ts';
import { copiedRecord, emptyRecord, fileRecord, readyRecord } from './new-records.ts';
import { showShelf } from './shelf-view.ts';

/** The Build page: a shelf of assignments, and a desk on which one of them is made. */
class BuildElement extends HTMLElement {
  private shelf!: Shelf;
  private catalogue!: Catalogue;
  private index: ReadonlyMap<string, CatalogueItem> = new Map();
  private session: DeskSession | undefined;
  /** The one that lay on the desk last: what still waits to be shown of it finds it there. */
  private lastSession: DeskSession | undefined;
  private parts: DeskPart[] = [];

  async connectedCallback(): Promise<void> {
    actButton(this, 'retry').addEventListener('click', () => void this.begin());
    await this.begin();
  }

  /** Fetches what there is to choose from; without it nothing can be made. */
  private async begin(): Promise<void> {
    const state = find(this, '[data-loading]');
    find(this, '[data-load-failed]').hidden = true;
    state.hidden = false;
    try {
      const [response, shelf] = await Promise.all([
        fetch(`${siteBase}exercises/index.json`),
        openShelf(),
      ]);
      if (!response.ok) throw new Error(`exercises/index.json answered ${response.status}`);
      this.catalogue = (await response.json()) as Catalogue;
      this.shelf = shelf;
    } catch (error) {
      console.warn(error);
      find(this, '[data-load-failed]').hidden = false;
      return;
    } finally {
      state.hidden = true;
    }
    this.index = catalogueIndex(this.catalogue);
    this.wire();
    this.shelf.subscribe(() => void this.heard());
    find(this, '[data-not-lasting]').hidden = this.shelf.lasting;
    const wanted = await this.shelf.get(location.hash.slice(1));
    if (wanted === undefined) await this.showShelf();
    else await this.open(wanted, false);
  }

  private wire(): void {
    const acts: Record<string, () => unknown> = {
      new: () => this.take(emptyRecord(this.catalogue)),
      'open-file': () => find(this, '[data-file]').click(),
      undo: () => this.session?.undo(),
      redo: () => this.session?.redo(),
    };
    for (const [act, run] of Object.entries(acts)) {
      const button = actButton(this, act);
      button.disabled = false;
      button.addEventListener('click', () => {
        run();
        this.showDesk();
      });
    }
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-ready-made]')) {
      button.disabled = false;
      const id = button.dataset['readyMade'] ?? '';
      button.addEventListener('click', () => {
        void this.attempt(async () => this.take(await readyRecord(id, this.catalogue)));
      });
    }
    const file = find<HTMLInputElement>(this, '[data-file]');
    file.addEventListener('change', () => {
      const [chosen] = file.files ?? [];
      // Emptied at once, so that choosing the same file again is a change again.
      if (chosen) void this.attempt(() => this.openFile(chosen)).finally(() => (file.value = ''));
    });
    this.addEventListener('keydown', (event) => {
      // A text field undoes its own typing.
      const isText = event.target instanceof Element && event.target.matches('input, textarea');
      if (isText || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) this.session?.redo();
      else this.session?.undo();
      this.showDesk();
    });
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ReaderError)) console.error(error);
      const data =
        error instanceof ReaderError
          ? error.toData()
          : { code: 'unexpected', explain: 'Something went wrong in the page itself.' };
      this.report(errorNotice(data));
    }
  }

  /** Puts a new assignment on the shelf and opens it. */
  private async take(record: ShelfRecord): Promise<void> {
    // The record may be another form of what lies on the desk: that is written first.
    this.session?.flush();
    await this.shelf.save(record);
    await this.open(record);
  }

  private async openFile(file: File): Promise<void> {
    const record = await fileRecord(file);
    const held = await this.shelf.get(record.id);
    await this.take({ ...held, ...record });
    if (held === undefined) return;
    this.report(
      make('p', {
        textContent: 'This assignment was on the shelf already; the file’s replaced it.',
      }),
      this.button('Bring the other back', () => this.take(held)),
    );
  }

  private async open(record: ShelfRecord, focus = true): Promise<void> {
    this.session?.flush();
    this.report();
    this.session = new DeskSession(this.shelf, record, (saved) => {
      this.showSaved(saved);
    });
    this.lastSession = this.session;
    history.replaceState(history.state, '', `#${record.id}`);
    const desk = find(this, '[data-desk]');
    if (this.parts.length === 0) {
      this.parts = deskParts(desk, this.desk(), {
        session: () => this.lastSession!,
        changed: () => {
          this.showDesk();
        },
      });
    }
    desk.hidden = false;
    // What lies on the desk now is what the page is about.
    find<HTMLDetailsElement>(this, '[data-ready-list]').open = false;
    // What is typed in at the moment is the other's.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.showDesk();
    await this.showShelf();
    if (focus) find(this, '[data-field="title"]').focus();
  }

  /** What the parts of the page see of it. */
  private desk(): Desk {
    const current = (): DeskSession => this.lastSession!;
    return {
      get draft() {
        return current().draft;
      },
      catalogue: this.catalogue,
      index: this.index,
      edit: (change, key) => {
        const session = current();
        const next = change(session.draft);
        if (next === session.draft) return;
        session.edit(next, key);
        this.showDesk();
      },
    };
  }

  private showDesk(): void {
    if (this.session === undefined) return;
    const { canUndo, canRedo } = this.session.history;
    actButton(this, 'undo').disabled = !canUndo;
    actButton(this, 'redo').disabled = !canRedo;
    for (const part of this.parts) part.show();
  }

  private showSaved(saved: boolean): void {
    const words = this.shelf.lasting ? 'Kept in this browser.' : 'Not kept: save the file.';
    find(this, '[data-saved]').textContent = saved ? words : 'Being kept…';
    find(this, '[data-not-lasting]').hidden = this.shelf.lasting;
    if (saved) void this.showShelf();
  }

  private async showShelf(): Promise<void> {
    showShelf(this, await this.shelf.all(), this.session?.record.id, {
      open: (id) => void this.attempt(() => this.openKept(id)),
      duplicate: (id) => void this.attempt(() => this.duplicate(id)),
      remove: (id) => void this.attempt(() => this.removeKept(id)),
    });
  }

  /** As it stands on the desk, if it lies there: its last edit may not be kept yet. */
  private async kept(id: string): Promise<ShelfRecord | undefined> {
    return this.session?.record.id === id ? this.session.record : this.shelf.get(id);
  }

  private async openKept(id: string): Promise<void> {
    const record = await this.kept(id);
    if (record !== undefined) await this.open(record);
  }

  private async duplicate(id: string): Promise<void> {
    const record = await this.kept(id);
    if (record !== undefined) await this.take(copiedRecord(record, this.catalogue));
  }

  private async removeKept(id: string): Promise<void> {
    const record = await this.kept(id);
    if (record === undefined) return;
    if (this.session?.record.id === id) this.close();
    await this.shelf.remove(id);
    await this.showShelf();
    this.report(
      make('p', { textContent: `Deleted: ${record.draft.title.trim() || 'Untitled'}.` }),
      this.button('Bring it back', () => this.take(record)),
    );
    find(this, '[data-report] button').focus();
  }

  private close(): void {
    this.session?.flush();
    this.session = undefined;
    find(this, '[data-desk]').hidden = true;
    find<HTMLDetailsElement>(this, '[data-ready-list]').open = true;
    history.replaceState(history.state, '', location.pathname);
  }

  /** Another tab changed the shelf. */
  private async heard(): Promise<void> {
    const { session } = this;
    const other = session && (await this.shelf.get(session.record.id));
    if (session && other && other.updatedAt > session.record.updatedAt) {
      session.takeOver(other);
      this.showDesk();
    }
    await this.showShelf();
  }

  private button(label: string, run: () => Promise<unknown>): HTMLButtonElement {
    const made = make('button', { type: 'button', textContent: label });
    made.addEventListener('click', () => void this.attempt(run));
    return made;
  }

  private report(...nodes: Node[]): void {
    find(this, '[data-report]').replaceChildren(...nodes);
  }
}

customElements.define('hw-build', BuildElement);
