import type { Sabotage } from '../../crime/sabotages.ts';
import { ownCaseNumber } from '../live/case-number.ts';
import { find } from '../live/dom.ts';
import { openStore } from '../live/services.ts';
import { verdictOf } from '../live/verdicts.ts';
import { markOf, wonSentence } from './standing.ts';

/** The six envelopes: asks before a seal is broken too early, and marks the right one once the case is won. */
export class EnvelopesElement extends HTMLElement {
  private won: Sabotage | undefined;
  private sealed = '';
  /** The envelope that was asked for while the question is open. */
  private asked: HTMLDetailsElement | undefined;
  private listening = false;

  connectedCallback(): void {
    if (this.listening) return;
    this.listening = true;
    this.sealed = find(this, '[data-say]').textContent;
    const dialog = find<HTMLDialogElement>(this, '[data-warning]');
    for (const envelope of this.envelopes) {
      // Enter and the space bar are clicks too.
      find(envelope, 'summary').addEventListener('click', (event) => {
        if (this.won !== undefined || envelope.open || 'broken' in envelope.dataset) return;
        event.preventDefault();
        this.asked = envelope;
        find(dialog, '[data-name]').textContent =
          find(envelope, '.envelope-to').textContent.split(',')[0]?.trim() ?? '';
        dialog.showModal();
      });
    }
    dialog.addEventListener('close', () => {
      if (dialog.returnValue === 'open' && this.asked) {
        this.asked.dataset['broken'] = '';
        this.asked.open = true;
      }
      dialog.returnValue = '';
      if (this.asked) find(this.asked, 'summary').focus();
      this.asked = undefined;
    });
    void this.show();
    void openStore().then((store) =>
      store.subscribe((change) => {
        if (change.store === 'settings' || change.store === 'everything') void this.show();
      }),
    );
  }

  private get envelopes(): HTMLDetailsElement[] {
    return [...this.querySelectorAll<HTMLDetailsElement>('.envelope')];
  }

  private async show(): Promise<void> {
    this.won = await verdictOf(await ownCaseNumber());
    const { won } = this;
    for (const envelope of this.envelopes) {
      const mark = find(envelope, '[data-mark]');
      mark.textContent = markOf(envelope.dataset['of'] ?? '', won);
      mark.hidden = mark.textContent === '';
      envelope.toggleAttribute('data-yours', envelope.dataset['of'] === won);
    }
    const say = find(this, '[data-say]');
    const words = won === undefined ? this.sealed : wonSentence(won);
    // It is spoken: it is written only when it has changed.
    if (say.textContent !== words) say.textContent = words;
  }
}

customElements.define('hw-envelopes', EnvelopesElement);
