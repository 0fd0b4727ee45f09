import { keep, openStore } from '../live/services.ts';

const themeKey = 'heavy-weights:theme';

/** Fills the settings' dialog from what is kept and keeps what the reader chooses. */
export const prepareSettings = async (dialog: HTMLDialogElement): Promise<void> => {
  const choose = (name: string, value: string | undefined): void => {
    const option = dialog.querySelector<HTMLInputElement>(
      `[name="${name}"][value="${CSS.escape(value ?? 'auto')}"]`,
    );
    if (option) option.checked = true;
  };
  choose('theme', document.documentElement.dataset['theme']);
  dialog.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { name, value } = target;
    if (name === 'theme') applyTheme(value);
    if (name === 'theme' || name === 'editor') keep((store) => store.saveSetting(name, value));
  });
  choose('editor', await (await openStore()).setting('editor'));
};

const applyTheme = (theme: string): void => {
  const root = document.documentElement;
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    if (theme === 'auto') localStorage.removeItem(themeKey);
    else localStorage.setItem(themeKey, theme);
  } catch {
    // Storage is closed to this page: the theme then holds until the page is left.
  }
};
