/** What a page itself has of the search: the button and the keys that open it. The rest is fetched then. */

/** Where `/` and Ctrl+K are the reader's own. */
const typing =
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"]), textarea, select, ' +
  '[contenteditable], [role="textbox"], .monaco-editor';

const asksForSearch = (event: KeyboardEvent): boolean => {
  const { key, altKey, ctrlKey, metaKey, isComposing, defaultPrevented, repeat } = event;
  if (altKey || isComposing || defaultPrevented || repeat) return false;
  if (event.target instanceof Element && event.target.closest(typing)) return false;
  const command = ctrlKey || metaKey;
  return command ? key.toLowerCase() === 'k' && !event.shiftKey : key === '/';
};

/** Makes the search's button and keys work. */
export const prepareSearch = (): void => {
  const dialog = document.querySelector<HTMLDialogElement>('#search');
  const opener = document.querySelector<HTMLButtonElement>('[data-opens="search"]');
  if (!dialog || !opener) return;
  const open = (): void => {
    // Another dialog waits for its own answer.
    if (document.querySelector('dialog[open]')) return;
    // At once: what is typed while the rest is fetched is not lost.
    dialog.showModal();
    const field = dialog.querySelector('input');
    field?.select();
    import('./search.client.ts').then(
      ({ openSearch }) => {
        openSearch(dialog);
      },
      () => {
        const status = dialog.querySelector('[data-status]');
        if (status)
          status.textContent =
            'The search could not be fetched. Check the connection, close it and open it again.';
      },
    );
  };
  opener.addEventListener('click', open);
  opener.dataset['ready'] = '';
  document.addEventListener('keydown', (event) => {
    if (!asksForSearch(event)) return;
    event.preventDefault();
    open();
  });
};
