import { loadSandboxAssets } from '../../../runtime/sandbox-assets.ts';
import type { Item } from '../../../schemas/assignment.ts';
import type { ServiceWorkerMessage } from '../../../service-worker/messages.ts';
import { fetchEditor } from '../../Editor/open-editor.ts';
import { openSandbox, siteBase } from '../../live/services.ts';
import { embedPath } from './fetch-embed.ts';

/** How the keeping went: `none` where the browser or the address offers no keeping. */
export type OfflineState = 'kept' | 'partly' | 'none';

const patience = 20_000;

const within = <T>(promise: Promise<T>, ms: number): Promise<T | undefined> =>
  Promise.race([
    promise,
    new Promise<undefined>((resolve) => {
      setTimeout(() => {
        resolve(undefined);
      }, ms);
    }),
  ]);

/** What an assignment's items need of the site, below its base. */
export const pathsOf = (items: readonly Item[]): string[] => [
  'exercises/index.json',
  ...items.flatMap(({ kind, id }) => {
    if (kind === 'written') return [];
    return kind === 'quiz' ? [embedPath(id)] : [embedPath(id), `exercises/${id}.json`];
  }),
];

/** Waits until this page's requests pass through the service worker, which keeps what they bring. */
const controlled = async (): Promise<ServiceWorker | undefined> => {
  if (!('serviceWorker' in navigator)) return undefined;
  const container = navigator.serviceWorker;
  const registration = await within(container.ready, patience);
  if (!registration?.active) return undefined;
  if (container.controller === null) {
    await within(
      new Promise((resolve) => {
        container.addEventListener('controllerchange', resolve, { once: true });
      }),
      3000,
    );
  }
  return container.controller ?? undefined;
};

/** Fetches a file through the service worker, which keeps it. */
const fetchWhole = async (url: string): Promise<void> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  await answer.arrayBuffer();
};

/** Waits until the page itself is kept: only the service worker can do that. */
const keptPage = async (worker: ServiceWorker): Promise<void> => {
  const page = location.href.replace(/[?#].*$/, '');
  worker.postMessage({ type: 'keep', page, files: [] } satisfies ServiceWorkerMessage);
  for (let tries = 0; tries < 40; tries++) {
    if ((await caches.match(page)) !== undefined) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
  throw new Error('The page itself was not kept.');
};

/**
 * Fetches everything that the assignment needs while there is a network: the items, their checks, the sandbox, the
 * editor. What an exercise itself says it fetches comes when it first runs.
 */
export const keepOffline = async (items: readonly Item[]): Promise<OfflineState> => {
  const worker = await controlled();
  if (worker === undefined) return 'none';
  const sandbox = async (): Promise<void> => {
    (await openSandbox()).warm('check');
    // Its parts, as it names them itself.
    await loadSandboxAssets(siteBase);
  };
  const outcomes = await Promise.allSettled([
    ...pathsOf(items).map((path) => fetchWhole(siteBase + path)),
    sandbox(),
    fetchEditor(),
    // The full editor may want more of the network when it opens; this one wants nothing.
    import('../../Editor/plain-editor.ts'),
    keptPage(worker),
  ]);
  // Scripts and styles that came before the worker was there went past it: once more, from the browser's own cache.
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((url) => /^[^?#]+\.(?:js|css|woff2)$/.test(url) && url.startsWith(location.origin));
  outcomes.push(...(await Promise.allSettled([...new Set(files)].map(fetchWhole))));
  return outcomes.every(({ status }) => status === 'fulfilled') ? 'kept' : 'partly';
};
