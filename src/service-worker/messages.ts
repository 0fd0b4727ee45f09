/** What a page may tell the service worker. */
export type ServiceWorkerMessage =
  /** The reader asked for the new edition: stop waiting. */
  | { type: 'activate' }
  /** Keep this page and these files, which were fetched before the worker was there. */
  | { type: 'keep'; page: string; files: string[] };

export function isMessage(value: unknown): value is ServiceWorkerMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { type, page, files } = value as Record<string, unknown>;
  if (type === 'activate') return true;
  return (
    type === 'keep' &&
    typeof page === 'string' &&
    Array.isArray(files) &&
    files.length <= 500 &&
    files.every((file) => typeof file === 'string')
  );
}
