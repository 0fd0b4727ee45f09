/** What every page loads by itself: the settings' button, storage warnings, and the offline worker. */

const opener = document.querySelector<HTMLButtonElement>('[data-opens="settings"]');
const dialog = document.querySelector<HTMLDialogElement>('#settings');
if (opener && dialog) {
  opener.hidden = false;
  let prepared = false;
  opener.addEventListener('click', () => {
    dialog.showModal();
    if (prepared) return;
    prepared = true;
    void import('../Settings/settings.client.ts').then(({ prepareSettings }) => prepareSettings(dialog));
  });
}

// The store says so when this browser keeps nothing: src/progress/store.ts.
addEventListener('heavy-weights:storage', (event) => {
  const why = event instanceof CustomEvent ? String(event.detail) : '';
  void import('./storage-notice.ts').then(({ showStorageNotice }) => {
    showStorageNotice(why);
  });
});

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    setTimeout(() => void import('./offline.ts').then(({ keepOffline }) => keepOffline()), 3000);
  });
}
