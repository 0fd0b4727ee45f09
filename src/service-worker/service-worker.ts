/// <reference lib="webworker" />
/**
 * Keeps what a reader has visited readable without a network: pages as last seen, the files they used, the
 * sandbox, models and data. A new edition waits until the reader asks for it (register.ts); it never takes over
 * by itself, since a page with unsaved text may be open.
 */
import { cacheNames, clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { isMessage, type ServiceWorkerMessage } from './messages.ts';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

const PAGES = 'heavy-weights-pages';
const FILES = 'heavy-weights-files';

/** Only whole, fresh, same-origin answers are worth keeping: no 404 page under the name of a script. */
const onlyGood = {
  cacheWillUpdate: async ({ response }: { response: Response }): Promise<Response | null> =>
    response.status === 200 && response.type === 'basic' && !response.redirected ? response : null,
};

/** A host that answers a missing file with its HTML page must not have that page kept as a script or a model. */
const notAPage = {
  cacheWillUpdate: async ({ response }: { response: Response }): Promise<Response | null> =>
    response.status === 200 &&
    response.type === 'basic' &&
    !(response.headers.get('content-type') ?? '').startsWith('text/html')
      ? response
      : null,
};

clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
  new NetworkFirst({ cacheName: PAGES, networkTimeoutSeconds: 4, plugins: [onlyGood] }),
);

/**
 * An exercise or a question by itself. An assignment fetches these pages as others fetch files: they are HTML, and
 * kept all the same.
 */
const isEmbed = (path: string): boolean => /\/embed\/[a-z0-9-]+\/$/.test(path);

registerRoute(
  ({ url, sameOrigin, request }) => sameOrigin && request.method === 'GET' && isEmbed(url.pathname),
  new NetworkFirst({ cacheName: PAGES, networkTimeoutSeconds: 10, plugins: [onlyGood] }),
);

/** Names that carry a hash of their content never change: the first copy will do for ever. */
const isHashed = (path: string): boolean =>
  path.includes('/_astro/') || /[.-][\w-]{8,}\.(?:js|css|wasm|woff2|txt)$/.test(path);

registerRoute(
  ({ url, sameOrigin, request }) =>
    sameOrigin && request.method === 'GET' && isHashed(url.pathname),
  new CacheFirst({ cacheName: FILES, plugins: [notAPage] }),
);

// Everything else of ours (catalogue, exercises, models, data) may change between editions under the same name.
registerRoute(
  ({ url, sameOrigin, request }) =>
    sameOrigin &&
    request.method === 'GET' &&
    url.pathname.startsWith(new URL(self.registration.scope).pathname),
  new NetworkFirst({ cacheName: FILES, networkTimeoutSeconds: 10, plugins: [notAPage] }),
);

// A page that was never visited, opened without a network.
setCatchHandler(async ({ request }) => {
  if (request.mode !== 'navigate') return Response.error();
  const shown = await matchPrecache(new URL('offline/', self.registration.scope).pathname);
  return (
    shown ??
    (await matchPrecache(new URL('offline/index.html', self.registration.scope).pathname)) ??
    Response.error()
  );
});

self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  if (!isMessage(message)) return;
  if (message.type === 'activate') void self.skipWaiting();
  else event.waitUntil(keep(message));
});

/** Stores what the first page of a visit fetched before this worker was there. */
async function keep({
  page,
  files,
}: Extract<ServiceWorkerMessage, { type: 'keep' }>): Promise<void> {
  const scope = self.registration.scope;
  const pages = await caches.open(PAGES);
  if (page.startsWith(scope)) {
    const answer = await fetch(page).catch(() => undefined);
    if (answer?.ok) await pages.put(page, answer);
  }
  const cache = await caches.open(FILES);
  const precached = await caches.open(cacheNames.precache);
  for (const url of files) {
    const embed = url.startsWith(scope) && isEmbed(new URL(url).pathname);
    if (
      !url.startsWith(scope) ||
      (await (embed ? pages : cache).match(url)) ||
      (await precached.match(url, { ignoreSearch: true }))
    )
      continue;
    const answer = await fetch(url).catch(() => undefined);
    if (embed && answer?.ok && !answer.redirected) await pages.put(url, answer);
    else if (answer?.ok && !(answer.headers.get('content-type') ?? '').startsWith('text/html'))
      await cache.put(url, answer);
  }
}
