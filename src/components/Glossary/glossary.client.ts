/** Letters alone, in lower case and without accents, as they are compared. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Narrows the list of terms down to those that contain what is typed. */
class Glossary extends HTMLElement {
  connectedCallback(): void {
    const filter = this.querySelector('input');
    const count = this.querySelector('[data-count]');
    if (!filter || !count) return;
    const letters = [...this.querySelectorAll<HTMLElement>('.glossary-letter')].map((section) => ({
      section,
      entries: [...section.querySelectorAll<HTMLElement>('.glossary-entry')].map((entry) => ({
        entry,
        text: plain(entry.textContent),
      })),
    }));
    const show = (): void => {
      const wanted = plain(filter.value);
      let found = 0;
      for (const { section, entries } of letters) {
        let any = false;
        for (const { entry, text } of entries) {
          entry.hidden = !text.includes(wanted);
          any ||= !entry.hidden;
          if (!entry.hidden) found++;
        }
        section.hidden = !any;
      }
      this.toggleAttribute('data-narrowed', wanted !== '');
      count.textContent =
        wanted === '' ? '' : found === 0 ? 'None.' : found === 1 ? 'One term.' : `${found} terms.`;
    };
    filter.addEventListener('input', show);
    // Someone who comes by a link to a term must find it, whatever the field still holds.
    addEventListener('hashchange', () => {
      if (document.querySelector(':target')?.closest('[hidden]')) {
        filter.value = '';
        show();
        document.querySelector(':target')?.scrollIntoView();
      }
    });
    this.dataset['ready'] = '';
    show();
  }
}

customElements.define('hw-glossary', Glossary);
