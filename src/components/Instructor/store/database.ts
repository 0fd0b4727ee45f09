import { openDB, type IDBPDatabase } from 'idb';

/** Apart from the reader's progress: an instructor may be a reader too, and erasing the one must not erase the other. */
export const instructorDatabase = 'heavy-weights-instructor';

/** Where assignments that are being made are kept, by id. */
export const ASSIGNMENTS = 'assignments';

/** Step `i` brings a database of version `i` to version `i + 1`. Steps are only ever added. */
const migrations: readonly ((database: IDBPDatabase) => void)[] = [
  (database) => {
    database.createObjectStore(ASSIGNMENTS, { keyPath: 'id' });
  },
];

/**
 * Opens the instructor's database.
 *
 * @param onGone - called when a newer printing in another tab, or the browser, has taken the connection away
 */
export const openInstructorDatabase = (
  name = instructorDatabase,
  onGone: () => void = () => undefined,
): Promise<IDBPDatabase> =>
  openDB(name, migrations.length, {
    upgrade(database, from) {
      for (const step of migrations.slice(from)) step(database);
    },
    // A newer printing waits for this connection: make way, or the other tab would hang.
    blocking(_from, _to, event) {
      (event.target as IDBDatabase).close();
      onGone();
    },
    terminated: onGone,
  });
