import { standing } from '../CaseBook/standing.ts';
import { openStore } from '../live/services.ts';
import { showContinue } from './show-continue.ts';

/** Adds the reader's progress to the table of contents. */
class Contents extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const store = await openStore();
    const data = await store.all();
    for (const row of this.querySelectorAll<HTMLElement>('[data-items]')) {
      const keys = JSON.parse(row.dataset['items'] ?? '[]') as string[];
      const done = keys.filter((key) => standing(data, key).done).length;
      const tally = row.querySelector<HTMLElement>('[data-tally]');
      if (!tally || done === 0) continue;
      const whole = done === keys.length;
      tally.textContent = whole ? `✓ all ${keys.length} done` : `${done} of ${keys.length} done`;
      if (whole) tally.dataset['done'] = '';
    }
    const place = this.querySelector<HTMLElement>('[data-continue]');
    if (place) showContinue(place, await store.lastPlace(), this.dataset['base'] ?? '/');
  }
}

customElements.define('hw-contents', Contents);
