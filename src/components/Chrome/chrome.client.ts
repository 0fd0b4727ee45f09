/** What every page loads by itself: the buttons of settings and search, storage warnings, and the offline worker. */
import { registerServiceWorker } from '../../service-worker/register.ts';
import { prepareSearch } from '../Search/search-opener.ts';

prepareSearch();

const opener = document.querySelector<HTMLButtonElement>('[data-opens="settings"]');
const dialog = document.querySelector<HTMLDialogElement>('#settings');
if (opener && dialog) {
  opener.dataset['ready'] = '';
  let prepared: Promise<void> | undefined;
  opener.addEventListener('click', () => {
    prepared ??= import('../Settings/settings.client.ts').then(({ prepareSettings }) =>
      prepareSettings(dialog),
    );
    // Only when what is kept stands in the form: a quick choice is not overwritten then.
    void prepared.finally(() => {
      dialog.showModal();
    });
  });
}

// The store says so when this browser keeps nothing: src/progress/store.ts.
addEventListener('heavy-weights:storage', (event) => {
  const why = event instanceof CustomEvent ? String(event.detail) : '';
  void import('./storage-notice.ts').then(({ showStorageNotice }) => {
    showStorageNotice(why);
  });
});

if (import.meta.env.PROD) {
  registerServiceWorker(
    document.querySelector<HTMLElement>('[data-notices]')?.dataset['base'] ?? '/',
    (takeIt) => {
      void import('./update-notice.ts').then(({ showUpdateNotice }) => {
        showUpdateNotice(takeIt);
      });
    },
  );
}
