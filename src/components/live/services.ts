/** What the live components of one page share. Each part is fetched when it is first needed. */
import type { Sandbox } from '../../runtime/host.ts';
import type { Progress } from '../../progress/store.ts';

/** Path of the site's root, with a slash at its end. */
export const siteBase: string = import.meta.env.BASE_URL.replace(/\/*$/, '/');

/** Calls `make` once. A failure is not kept, so that the next call (back online) tries again. */
export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

export const openSandbox: () => Promise<Sandbox> = once(async () => {
  const { Sandbox } = await import('../../runtime/host.ts');
  return new Sandbox({ base: siteBase });
});

/** Starts the sandbox ahead of the first Run. Silent: the Run itself reports what is wrong. */
export const warmSandbox = (): void => {
  openSandbox().then(
    (sandbox) => {
      sandbox.warm();
    },
    () => undefined,
  );
};

export const openStore: () => Promise<Progress> = once(async () => {
  const { openProgress } = await import('../../progress/store.ts');
  return openProgress();
});

/** Keeps something; a store that refuses shows its own warning on the page and never stops a reader. */
export const keep = (save: (store: Progress) => Promise<unknown>): void => {
  openStore()
    .then(save)
    .catch((error: unknown) => {
      console.warn('Your progress could not be kept in this browser.', error);
    });
};

/** Waits for something that is not worth a long wait: half a second at most. */
export const soon = (promise: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 500))]);
