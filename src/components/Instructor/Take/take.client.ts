import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import { dropZone, keepPageOnDrop } from '../../desk/drop-zone.ts';
import type { TakeSheet } from './take-sheet.ts';
import type { TakenStore } from './taken-store.ts';
import type { TakenAssignment } from './taken.ts';

/** All that an open assignment needs, in one piece: fetched when there is one to open, and kept for work without a network. */
const parts = async () => {
  const [sheet, file, link, open] = await Promise.all([
    import('./take-sheet.ts'),
    import('../../../instructor/assignment-file.ts'),
    import('../../../instructor/assignment-link.ts'),
    import('./open-assignment.ts'),
  ]);
  return { ...sheet, ...file, ...link, ...open };
};

/** How the fragment of an assignment's link begins; the module that reads it need not be fetched to know. */
const claims = (fragment: string): boolean => fragment.startsWith('#a=');

/** The page of assignments: opens one by link or file, or goes on with one of this browser. */
class TakeElement extends HTMLElement {
  private store!: TakenStore;
  private sheet: TakeSheet | undefined;
  /** Opening goes one after another: a link may be pasted while a file is being read. */
  private queue: Promise<void> = Promise.resolve();

  async connectedCallback(): Promise<void> {
    const { openTaken } = await import('./taken-store.ts');
    this.store = await openTaken();
    dropZone(this, 'assignment', ([file]) => {
      if (file !== undefined) void this.attempt(() => this.openFile(file));
    });
    keepPageOnDrop();
    actButton(this, 'leave').addEventListener('click', () => void this.leave());
    addEventListener('hashchange', () => void this.openLink());
    await this.openLink();
    this.dataset['ready'] = '';
  }

  private async openLink(): Promise<void> {
    const fragment = location.hash;
    if (claims(fragment)) {
      await this.attempt(async () => {
        const { readAssignmentLink } = await parts();
        await this.open(readAssignmentLink(fragment));
      });
    } else if (this.sheet === undefined) await this.showChoice();
  }

  private async openFile(file: File): Promise<void> {
    const { assignmentFromFile } = await parts();
    const assignment = await assignmentFromFile(file);
    this.forgetLink();
    await this.open(assignment);
    find(this, '[data-title]').focus();
  }

  private async resume({ file }: TakenAssignment): Promise<void> {
    const { readAssignment } = await parts();
    this.forgetLink();
    await this.open(readAssignment(file));
    find(this, '[data-title]').focus();
  }

  /** Shows an assignment; work that was begun at it goes on. */
  private async open(opened: Assignment, { say = true } = {}): Promise<void> {
    const { TakeSheet: Sheet, readAssignment, changesBetween } = await parts();
    await this.sheet?.close();
    const kept = await this.store.assignment(opened.id);
    const old = kept === undefined ? undefined : readQuietly(readAssignment, kept.file);
    const changes = old === undefined ? [] : changesBetween(old, opened);
    // A link brings less than a file: what the file brought is kept beside it.
    const assignment: Assignment =
      old === undefined || changes.length > 0
        ? opened
        : {
            ...opened,
            exceptions: opened.exceptions.length > 0 ? opened.exceptions : old.exceptions,
            pinned: opened.pinned ?? old.pinned,
          };
    const likely = (await this.store.assignments()).find(({ student }) => student)?.student;
    this.notice();
    const begun = kept?.startedAt !== undefined;
    if (say && begun && old !== undefined && changes.length > 0) this.tellChanges(changes, old);
    find(this, '[data-part="open"]').hidden = true;
    find(this, '[data-part="sheet"]').hidden = false;
    this.sheet = new Sheet({
      root: this,
      store: this.store,
      assignment,
      record: kept ?? {
        id: assignment.id,
        title: assignment.title,
        file: '',
        handedIn: [],
        updatedAt: Date.now(),
      },
      book: this.dataset['book'] ?? '',
      likely,
    });
    await this.sheet.open();
  }

  private tellChanges(changes: readonly string[], old: Assignment): void {
    const back = make('button', { type: 'button', textContent: 'Back to the one before' });
    back.addEventListener('click', () => {
      this.forgetLink();
      void this.attempt(() => this.open(old, { say: false }));
    });
    const close = make('button', { type: 'button', textContent: 'Close' });
    close.addEventListener('click', () => {
      this.notice();
    });
    const words = `The assignment has changed since you opened it before: ${changes.join(', ')}. Your work is kept.`;
    this.notice(make('p', { textContent: words }), back, close);
  }

  private async leave(): Promise<void> {
    await this.sheet?.close();
    this.sheet = undefined;
    this.forgetLink();
    this.notice();
    await this.showChoice();
    actButton(this, 'choose-assignment').focus();
  }

  private async showChoice(): Promise<void> {
    find(this, '[data-part="sheet"]').hidden = true;
    find(this, '[data-part="open"]').hidden = false;
    const { showBegun } = await import('./begun-list.ts');
    await showBegun(this, this.store, (record) => {
      void this.attempt(() => this.resume(record));
    });
  }

  /** Says what was wrong with a link or a file; what was open before stays open. */
  private attempt(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(() => this.tryTo(work));
    return this.queue;
  }

  private async tryTo(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ReaderError)) console.warn(error);
      this.notice(
        errorNotice(
          error instanceof ReaderError
            ? error.toData()
            : {
                code: 'assignment-not-opened',
                explain: 'The assignment could not be opened.',
                hint: 'Check the connection and load the page again. What you wrote before is kept.',
              },
        ),
      );
      if (this.sheet === undefined) await this.showChoice();
    }
  }

  private notice(...nodes: Node[]): void {
    find(this, '[data-notice]').replaceChildren(...nodes);
  }

  private forgetLink(): void {
    if (claims(location.hash)) history.replaceState(history.state, '', location.pathname);
  }
}

/** What this browser kept may be of a newer printing, or damaged: then there is nothing to compare with. */
const readQuietly = (read: (text: string) => Assignment, text: string): Assignment | undefined => {
  try {
    return read(text);
  } catch {
    return undefined;
  }
};

customElements.define('hw-take', TakeElement);
