import { History } from '../../../instructor/build/history.ts';
import type { Draft } from '../../../instructor/build/draft.ts';
import { DeferSave } from '../../live/defer-save.ts';
import { leaveDraft, takeDraft } from '../../live/drafts.ts';
import type { Shelf, ShelfRecord } from '../store/shelf.ts';

const draftKey = (id: string): string => `assignment/${id}`;

/** The assignment that lies on the desk: its steps back and forth, and its keeping. */
export class DeskSession {
  #record: ShelfRecord;
  #history: History<Draft>;
  readonly #shelf: Shelf;
  readonly #saver: DeferSave;
  readonly #told: (saved: boolean) => void;

  /** `told` hears when something waits to be kept, and when it is. */
  constructor(shelf: Shelf, record: ShelfRecord, told: (saved: boolean) => void) {
    this.#shelf = shelf;
    this.#told = told;
    this.#record = latest(record);
    this.#history = new History(this.#record.draft);
    this.#saver = new DeferSave(
      () => void this.#save(),
      () => {
        leaveDraft(draftKey(this.#record.id), JSON.stringify(this.draft));
      },
    );
  }

  get record(): ShelfRecord {
    return this.#record;
  }

  get draft(): Draft {
    return this.#history.present;
  }

  get history(): Pick<History<Draft>, 'canUndo' | 'canRedo'> {
    return this.#history;
  }

  edit(next: Draft, key?: string): void {
    this.#history.push(next, key);
    this.#changed();
  }

  undo(): void {
    this.#history.undo();
    this.#changed();
  }

  redo(): void {
    this.#history.redo();
    this.#changed();
  }

  /** Keeps something beside the draft, at once. */
  async keep(
    what: Partial<Pick<ShelfRecord, 'sealKeys' | 'keySaved' | 'givenOut'>>,
  ): Promise<void> {
    this.#record = { ...this.#record, ...what };
    await this.#save();
  }

  /** Takes over what another tab has saved; one step back brings this tab's back. */
  takeOver(record: ShelfRecord): void {
    this.#record = record;
    this.#history.push(record.draft);
  }

  /** Saves at once what waits to be saved. */
  flush(): void {
    this.#saver.flush();
  }

  #changed(): void {
    this.#record = { ...this.#record, draft: this.draft, updatedAt: Date.now() };
    this.#told(false);
    this.#saver.schedule();
  }

  async #save(): Promise<void> {
    const record = this.#record;
    await this.#shelf.save(record);
    if (this.#record === record) this.#told(true);
  }
}

/** What was typed in the last moment before the page was left, if it is newer. */
const latest = (record: ShelfRecord): ShelfRecord => {
  const left = takeDraft(draftKey(record.id), record.updatedAt);
  if (left === undefined) return record;
  try {
    const draft = JSON.parse(left.code) as Draft;
    return draft.id === record.id ? { ...record, draft, updatedAt: left.updatedAt } : record;
  } catch {
    return record;
  }
};
