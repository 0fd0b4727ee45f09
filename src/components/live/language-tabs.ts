import { keep, openStore } from './services.ts';

const shown = 'aria-pressed';

const show = (root: HTMLElement, language: string): void => {
  for (const button of root.querySelectorAll<HTMLElement>('[data-language]')) {
    button.setAttribute(shown, String(button.dataset['language'] === language));
  }
  for (const panel of root.querySelectorAll<HTMLElement>('[data-panel]')) {
    panel.classList.toggle('hw-second', panel.dataset['panel'] !== language);
  }
};

/** Lets the reader see the Python twin instead of the TypeScript, and remembers the choice. */
export const languageTabs = (root: HTMLElement): void => {
  const buttons = root.querySelectorAll<HTMLElement>('[data-language]');
  if (buttons.length === 0) return;
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const language = button.dataset['language'] ?? 'typescript';
      show(root, language);
      keep((store) => store.saveSetting('language', language));
    });
  }
  openStore()
    .then((store) => store.setting('language'))
    .then((language) => {
      if (language === 'python') show(root, language);
    })
    .catch(() => undefined);
};
