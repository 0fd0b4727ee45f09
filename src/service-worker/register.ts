import type { ServiceWorkerMessage } from './messages.ts';

/**
 * Registers the service worker once the page is at rest, and calls `onUpdate` when a new edition is waiting. The
 * function it passes brings the new edition in; nothing reloads unless that function was called.
 */
export function registerServiceWorker(base: string, onUpdate: (takeIt: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const start = (): void => {
    void register(base, onUpdate).catch(() => {
      // Private windows and file: pages have no service workers; the book reads on without.
    });
  };
  if (document.readyState === 'complete') setTimeout(start, 1500);
  else addEventListener('load', () => setTimeout(start, 1500), { once: true });
}

async function register(base: string, onUpdate: (takeIt: () => void) => void): Promise<void> {
  const container = navigator.serviceWorker;
  const hadWorker = container.controller !== null;
  const registration = await container.register(`${base}service-worker.js`, { scope: base });

  const offer = (waiting: ServiceWorker): void => {
    onUpdate(() => {
      container.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'activate' } satisfies ServiceWorkerMessage);
    });
  };
  if (registration.waiting && hadWorker) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const arriving = registration.installing;
    arriving?.addEventListener('statechange', () => {
      if (arriving.state === 'installed' && container.controller) offer(arriving);
    });
  });

  if (hadWorker) return;
  const { active } = await container.ready;
  const files = performance.getEntriesByType('resource').map(({ name }) => name);
  const message: ServiceWorkerMessage = {
    type: 'keep',
    page: location.href.replace(/[?#].*$/, ''),
    files: [...new Set(files)].filter((url) => url.startsWith(location.origin)).slice(0, 500),
  };
  active?.postMessage(message);
}
