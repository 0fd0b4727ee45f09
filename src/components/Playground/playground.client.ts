import { ReaderError } from '../../shared/reader-error.ts';
import type { CellElement } from '../Cell/cell.client.ts';
import { find, make } from '../live/dom.ts';
import { isShared } from '../Share/share-key.ts';

/** Characters that are not seen, or turn those beside them: tabs and ends of lines are in order. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** What is said of a link, and what the reader can do about it. */
interface Notice {
  words: string;
  actions: { label: string; run: () => void }[];
}

/**
 * The playground around its cell: texts to begin with, and code that a link brings. Neither replaces the reader's own
 * text unless they say so, and nothing runs before they press Run.
 */
class PlaygroundElement extends HTMLElement {
  private cell!: CellElement;

  async connectedCallback(): Promise<void> {
    await import('../Cell/cell.client.ts');
    this.cell = find<CellElement>(this, 'hw-cell');
    this.cell.addEventListener('hw-taken', () => {
      this.closeLink();
    });
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-start]')) {
      button.addEventListener('click', () => void this.begin(button));
      button.disabled = false;
    }
    addEventListener('hashchange', () => void this.openLink());
    await this.openLink();
  }

  private codeOf(start: string): string {
    return find<HTMLTemplateElement>(this, `template[data-code="${start}"]`).content.textContent;
  }

  /** Puts one of the book's texts into the cell. */
  private async begin(button: HTMLButtonElement): Promise<void> {
    const start = button.dataset['start'] ?? '';
    const code = this.codeOf(start);
    const own = await this.cell.own();
    const recoverable = [...this.querySelectorAll<HTMLElement>('[data-start]')].some(
      (each) => this.codeOf(each.dataset['start'] ?? '') === own,
    );
    if (own.trim() !== '' && !recoverable && !(await this.ask(button.textContent.trim()))) return;
    this.cell.take(code);
    this.closeLink();
  }

  /** Asks whether the reader's own text may go. */
  private ask(what: string): Promise<boolean> {
    const dialog = find<HTMLDialogElement>(this, '[data-ask]');
    find(dialog, '[data-ask-for]').textContent = what;
    // Escape leaves the answer that was there.
    dialog.returnValue = 'keep';
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener(
        'close',
        () => {
          resolve(dialog.returnValue === 'replace');
        },
        { once: true },
      );
    });
  }

  /** Shows the code that the page's address carries, if it carries any. */
  private async openLink(): Promise<void> {
    const fragment = location.hash;
    if (!isShared(fragment)) return;
    const own = await this.cell.own();
    try {
      const { sharedCode } = await import('../Share/share-code.ts');
      const code = sharedCode(fragment);
      if (code === own) {
        this.cell.lend(undefined);
        this.closeLink();
        this.tell({
          words: 'The code of this link is what your cell holds already.',
          actions: [],
        });
      } else {
        this.cell.lend(code);
        this.tell(this.offer(code, own));
        // What it brought stands right below the notice.
        this.dataset['lent'] = '';
      }
    } catch (error) {
      const why =
        error instanceof ReaderError
          ? error.message
          : 'The link could not be opened. Check the connection and load the page again.';
      this.cell.lend(undefined);
      this.closeLink();
      this.tell({
        words: `${why}${own === '' ? '' : ' Your own text is as it was.'}`,
        actions: [],
      });
    }
  }

  private offer(code: string, own: string): Notice {
    const putAway = (): void => {
      this.cell.lend(undefined);
      this.closeLink();
    };
    const keep = (): void => {
      this.cell.take(code);
      this.closeLink();
    };
    const from =
      'This code comes from a link. Nothing of it has run: read it, and press Run if you like.' +
      (unseen.test(code)
        ? ' Beware: it holds invisible characters, which can make code look like other code.'
        : '');
    return own.trim() === ''
      ? {
          words: `${from} It is kept when you edit it, or now.`,
          actions: [
            { label: 'Keep it', run: keep },
            { label: 'Put it away', run: putAway },
          ],
        }
      : {
          words: `${from} Your own text is safe beneath it. To edit this one, take it in place of yours.`,
          actions: [
            { label: 'Back to my own text', run: putAway },
            { label: 'Take it in place of mine', run: keep },
          ],
        };
  }

  private tell({ words, actions }: Notice): void {
    const place = find(this, '[data-link]');
    const close = {
      label: 'Close',
      run: (): void => {
        place.replaceChildren();
      },
    };
    place.replaceChildren(
      make('p', {}, [words]),
      ...(actions.length === 0 ? [close] : actions).map(({ label, run }) => {
        const button = make('button', { type: 'button', textContent: label });
        button.addEventListener('click', () => {
          run();
          find(this, '[data-act="run"]').focus();
        });
        return button;
      }),
    );
  }

  /** The link was dealt with: the address no longer carries code. */
  private closeLink(): void {
    delete this.dataset['lent'];
    find(this, '[data-link]').replaceChildren();
    if (isShared(location.hash)) history.replaceState(history.state, '', location.pathname);
  }
}

customElements.define('hw-playground', PlaygroundElement);
