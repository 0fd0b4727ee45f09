import { showNotice } from './notice.ts';

/** Starts the offline worker. A newer book is offered, and taken only when the reader says so. */
export const keepOffline = async (): Promise<void> => {
  const place = document.querySelector<HTMLElement>('[data-notices]');
  const { worker: url, base } = place?.dataset ?? {};
  if (!url || !base) return;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(url, { scope: base });
  } catch (error) {
    console.warn('The book will not open offline in this browser.', error);
    return;
  }

  const offer = (waiting: ServiceWorker | null): void => {
    // Without a controller this is the first visit: there is no older book to replace.
    if (!waiting || !navigator.serviceWorker.controller) return;
    showNotice({
      id: 'update',
      text: 'A newer printing of the book is ready. What you have written is kept; the page opens again when you take it.',
      actions: [
        {
          label: 'Take the newer printing',
          primary: true,
          run: () => {
            navigator.serviceWorker.addEventListener('controllerchange', () => {
              location.reload();
            });
            waiting.postMessage({ type: 'take-over' });
          },
        },
      ],
    });
  };

  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer(registration.waiting);
    });
  });
  // The first visit: tell the worker what this page has already fetched, so that it opens offline too.
  const active = (await navigator.serviceWorker.ready).active;
  if (!navigator.serviceWorker.controller) {
    const urls = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage({ type: 'remember', urls: [location.href, ...urls] });
  }
};
