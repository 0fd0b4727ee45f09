import { openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { ProgressData, StoreName } from './records.ts';

/** One name for the origin, whatever base path the book is served under: moving it loses nothing. */
export const databaseName = 'heavy-weights';

export const storeNames = [
  'cells',
  'exercises',
  'quizzes',
  'predictions',
  'places',
  'settings',
  'boards',
] as const satisfies readonly StoreName[];

export type RecordOf<Name extends StoreName> = ProgressData[Name][number];

/** What a migration may touch: the version change's own database and transaction. */
export type Migration = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/**
 * Step `i` brings a database of version `i` to version `i + 1`. Steps are only ever added: a reader may
 * come back after any number of printings.
 */
export const migrations: readonly Migration[] = [
  (database) => {
    for (const name of ['cells', 'exercises', 'quizzes', 'predictions', 'places', 'settings'])
      database.createObjectStore(name, { keyPath: 'id' });
  },
  (database) => {
    database.createObjectStore('boards', { keyPath: 'id' });
  },
];

interface OpenOptions {
  name?: string;
  steps?: readonly Migration[];
  /** Called when the connection is gone: by a newer printing in another tab, or by the browser. */
  onGone?: (why: 'newer-tab' | 'terminated') => void;
  /** Called when an older printing in another tab holds the database. */
  onBlocked?: () => void;
}

/** Opens the database and brings it to the present version. */
export const openDatabase = async ({
  name = databaseName,
  steps = migrations,
  onGone,
  onBlocked,
}: OpenOptions = {}): Promise<IDBPDatabase> => {
  const database = await openDB(name, steps.length, {
    async upgrade(opened, from, _to, transaction) {
      for (const step of steps.slice(from)) await step(opened, transaction);
    },
    blocked: () => onBlocked?.(),
    // A newer printing waits for this connection: make way, or the reader's other tab would hang.
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      onGone?.('newer-tab');
    },
    terminated: () => onGone?.('terminated'),
  });
  return database;
};
