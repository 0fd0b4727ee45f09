interface Notice {
  id: string;
  text: string;
  actions: { label: string; primary?: boolean; run: () => void | Promise<void> }[];
}

/** Shows a notice at the foot of the page, once for each id; it stays until the reader answers it. */
export const showNotice = ({ id, text, actions }: Notice): void => {
  const place = document.querySelector('[data-notices]');
  if (!place || place.querySelector(`[data-notice="${CSS.escape(id)}"]`)) return;
  const box = document.createElement('div');
  box.className = 'notice';
  box.dataset['notice'] = id;
  const words = document.createElement('p');
  words.textContent = text;
  box.append(words);
  for (const { label, primary = false, run } of [
    ...actions,
    { label: 'Close', run: () => undefined },
  ]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    if (primary) button.dataset['kind'] = 'primary';
    button.addEventListener('click', () => {
      if (!primary) box.remove();
      void run();
    });
    box.append(button);
  }
  place.append(box);
};
