import { clearDrafts } from '../live/drafts.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import type { ImportReport } from '../../progress/import.ts';
import type { ProgressData } from '../../progress/records.ts';
import type { Progress } from '../../progress/store.ts';
import { keepCaseNumber, ownCaseNumber } from '../live/case-number.ts';
import { openStore } from '../live/services.ts';
import { saveFile } from './save-file.ts';
import { standing } from './standing.ts';
import { wonWords } from './won-words.ts';

const pages = ['cells', 'exercises', 'quizzes', 'predictions'] as const;

/** The case-book: shows how everything stands; exports, imports and erases. */
class CaseBook extends HTMLElement {
  private store: Progress | undefined;

  async connectedCallback(): Promise<void> {
    this.store = await openStore();
    this.store.subscribe(() => void this.show());
    const actions: Record<string, () => unknown> = {
      export: () => this.save(),
      'export-first': () => this.save(),
      import: () => this.one<HTMLInputElement>('[data-file]').click(),
      erase: () => this.one<HTMLDialogElement>('[data-erase]').showModal(),
    };
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-action]')) {
      const run = actions[button.dataset['action'] ?? ''];
      button.addEventListener('click', () => run?.());
      button.disabled = false;
    }
    const file = this.one<HTMLInputElement>('[data-file]');
    file.addEventListener('change', () => {
      const [chosen] = file.files ?? [];
      // Cleared at once, so that choosing the same file again is a change again.
      if (chosen) void this.preview(chosen).finally(() => (file.value = ''));
    });
    const dialog = this.one<HTMLDialogElement>('[data-erase]');
    dialog.addEventListener('close', () => {
      if (dialog.returnValue === 'erase') void this.erase();
      dialog.returnValue = '';
    });
    await this.prepareCase();
    await this.show();
  }

  /** The number of the reader's case, and another if it is wanted. */
  private async prepareCase(): Promise<void> {
    const form = this.one<HTMLFormElement>('[data-case]');
    const [field, button] = [
      this.one<HTMLInputElement>('[data-case] input'),
      this.one<HTMLButtonElement>('[data-case] button'),
    ];
    field.value = String(await ownCaseNumber());
    field.disabled = false;
    button.disabled = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void keepCaseNumber(Number(field.value)).then(() => {
        this.report([text(`Your case is now No. ${field.value}.`)]);
        return this.show();
      });
    });
  }

  private one<T extends Element>(selector: string): T {
    const found = this.querySelector<T>(selector);
    if (!found) throw new Error(`The case-book's page has no ${selector}.`);
    return found;
  }

  private get open(): Progress {
    if (!this.store) throw new Error('The case-book is used before it is open.');
    return this.store;
  }

  private async show(): Promise<void> {
    const data = await this.open.all();
    const done: Record<string, number> = {};
    const shown = new Set<string>();
    for (const row of this.querySelectorAll<HTMLElement>('[data-record]')) {
      const key = row.dataset['record'] ?? '';
      const { state, words, done: isDone } = standing(data, key);
      shown.add(key);
      row.dataset['state'] = state;
      const place = row.querySelector('[data-standing]');
      if (place) place.textContent = words;
      const kind = key.slice(0, key.indexOf(':'));
      // The playground's cell is not one of the book's.
      if (isDone && row.dataset['extra'] === undefined) done[kind] = (done[kind] ?? 0) + 1;
    }
    for (const output of this.querySelectorAll<HTMLOutputElement>('[data-tally]')) {
      output.textContent = String(done[output.dataset['tally'] ?? ''] ?? 0);
    }
    this.showOthers(data, shown);
    const won = this.one<HTMLElement>('[data-won]');
    won.textContent = wonWords(data.settings, await ownCaseNumber());
    won.hidden = won.textContent === '';
  }

  /** Records of things that this printing does not hold: shown, so that nothing seems lost. */
  private showOthers(data: ProgressData, shown: Set<string>): void {
    const keys = pages
      .flatMap((kind) => data[kind].map(({ id }) => `${kind}:${id}`))
      .filter((key) => !shown.has(key));
    const place = this.one<HTMLElement>('[data-others]');
    place.hidden = keys.length === 0;
    place.querySelector('ul')?.replaceChildren(
      ...keys.map((key) => {
        const row = document.createElement('li');
        row.textContent = `${key.replace(':', ' ')}: ${standing(data, key).words}`;
        return row;
      }),
    );
  }

  private async save(): Promise<void> {
    saveFile(await this.open.exportText());
    this.report([text('Saved: look among your downloads.')]);
  }

  /** Says what a file would change, and changes it when the reader agrees. */
  private async preview(file: File): Promise<void> {
    try {
      const content = await file.text();
      const plan = await this.open.importText(content, { preview: true });
      const take = button('Import it', async () => {
        try {
          this.report([text(`Imported: ${summary(await this.open.importText(content))}.`)]);
        } catch (error) {
          this.refuse(error);
        }
      });
      const leave = button('Leave it', () => {
        this.report([text('Nothing was changed.')]);
      });
      this.report([text(`${file.name}: ${summary(plan)}.`), ...damage(plan), take, leave]);
      take.focus();
    } catch (error) {
      this.refuse(error);
    }
  }

  private async erase(): Promise<void> {
    const before = await this.open.exportText();
    await this.open.erase();
    clearDrafts();
    this.report([
      text('Everything is erased. Until you leave this page it can be brought back.'),
      button('Bring it back', async () => {
        await this.open.importText(before);
        this.report([text('Everything is back.')]);
      }),
    ]);
  }

  private refuse(error: unknown): void {
    if (!(error instanceof ReaderError)) {
      this.report([text('The file could not be read. Nothing was changed.')]);
      console.error(error);
      return;
    }
    const { explain, elaborate, hint } = error;
    this.report([explain, elaborate, hint].filter((part) => part !== undefined).map(text));
  }

  private report(nodes: Node[]): void {
    this.one('[data-report]').replaceChildren(...nodes);
  }
}

const text = (words: string): HTMLParagraphElement => {
  const paragraph = document.createElement('p');
  paragraph.textContent = words;
  return paragraph;
};

const button = (label: string, run: () => unknown): HTMLButtonElement => {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', () => run());
  return made;
};

const summary = ({ added, updated, unchanged, damaged }: ImportReport): string =>
  `${added} new, ${updated} newer than yours, ${unchanged} that you have already` +
  (damaged.length === 0 ? '' : `, ${damaged.length} damaged and left out`);

/** The damaged records of a file, the first few by name. */
const damage = ({ damaged }: ImportReport): HTMLElement[] => {
  if (damaged.length === 0) return [];
  const list = document.createElement('ul');
  for (const { where, what } of damaged.slice(0, 5)) {
    const row = document.createElement('li');
    row.textContent = `${where}: ${what}`;
    list.append(row);
  }
  if (damaged.length > 5) list.append(`and ${damaged.length - 5} more`);
  return [list];
};

customElements.define('hw-case-book', CaseBook);
