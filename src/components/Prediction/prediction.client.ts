import { find } from '../live/dom.ts';
import { keep, openStore, soon } from '../live/services.ts';

/** A prediction: the reader commits to an answer before the book gives its own. It is not judged. */
export class PredictionElement extends HTMLElement {
  private committed = false;
  private restored: Promise<void> | undefined;

  connectedCallback(): void {
    if (this.restored !== undefined) return;
    find(this, 'form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.commit();
    });
    this.restored = this.restore();
  }

  private get prediction(): string {
    return find(this, '[data-prediction]').dataset['prediction'] ?? '';
  }

  private get options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.hw-option')];
  }

  /** What is chosen or written; empty when nothing is. */
  private get answer(): string {
    const written = this.querySelector<HTMLInputElement>('input[type="text"]');
    if (written !== null) return written.value.trim();
    const chosen = this.options.find((option) => find<HTMLInputElement>(option, 'input').checked);
    return chosen === undefined ? '' : find(chosen, 'span').textContent.trim();
  }

  private async commit(): Promise<void> {
    await soon(this.restored);
    if (this.committed) return;
    const { answer, prediction: id } = this;
    if (answer === '') {
      this.say(this.options.length > 0 ? 'Choose one first.' : 'Write your prediction first.');
      find(this, 'input').focus();
      return;
    }
    const question = find(this, 'legend')
      .textContent.replace(/^\s*Predict\s*/, '')
      .trim();
    this.reveal('Committed, and kept in your case-book.');
    find(this, '.hw-revealed').focus({ preventScroll: true });
    keep((store) => store.savePrediction({ id, question, answer, updatedAt: Date.now() }));
  }

  private reveal(sentence: string): void {
    this.committed = true;
    find(this, '[data-prediction]').dataset['state'] = 'committed';
    for (const option of this.options) {
      option.toggleAttribute('data-chosen', find<HTMLInputElement>(option, 'input').checked);
    }
    for (const input of this.querySelectorAll('input')) input.disabled = true;
    find(this, '[data-act="commit"]').hidden = true;
    find<HTMLDetailsElement>(this, '.hw-reveal').open = true;
    this.say(sentence);
  }

  private say(sentence: string): void {
    find(this, '.hw-status').textContent = sentence;
  }

  private async restore(): Promise<void> {
    const record = await openStore()
      .then((store) => store.prediction(this.prediction))
      .catch(() => undefined);
    if (record === undefined || this.answer !== '') return;
    const written = this.querySelector<HTMLInputElement>('input[type="text"]');
    if (written !== null) written.value = record.answer;
    for (const option of this.options) {
      if (find(option, 'span').textContent.trim() === record.answer) {
        find<HTMLInputElement>(option, 'input').checked = true;
      }
    }
    this.reveal(`You predicted: ${record.answer}`);
  }
}

customElements.define('hw-prediction', PredictionElement);
