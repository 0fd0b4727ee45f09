import { find } from '../live/dom.ts';
import { openStore } from '../live/services.ts';
import { keptWords } from './kept-words.ts';

/** Shows a kept prediction back; one that is made in another tab meanwhile, too. */
export class KeptElement extends HTMLElement {
  private listening = false;

  connectedCallback(): void {
    if (this.listening) return;
    this.listening = true;
    void this.show();
    void openStore().then((store) =>
      store.subscribe((change) => {
        if (change.store === 'predictions' || change.store === 'everything') void this.show();
      }),
    );
  }

  private async show(): Promise<void> {
    const record = await openStore()
      .then((store) => store.prediction(this.dataset['prediction'] ?? ''))
      .catch(() => undefined);
    const { words, kept } = keptWords(record);
    find(this, '[data-answer]').textContent = words;
    this.toggleAttribute('data-kept', kept);
  }
}

customElements.define('hw-kept', KeptElement);
