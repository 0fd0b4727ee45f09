import { openDB, type IDBPDatabase } from 'idb';

/** Brings a database one version further. Steps are only ever added. */
export type Step = (database: IDBPDatabase) => void;

/** Why something is not kept: the database did not open, was taken away, or refused what was to be done. */
export type Trouble = 'open' | 'gone' | 'refused';

/** A database of this browser, as long as the browser leaves it open. */
export interface Kept {
  /** None where the browser stores nothing, or has taken the connection away. */
  readonly database: IDBPDatabase | undefined;
  /** Does something with the database; false where it cannot be done. */
  attempt: (work: (database: IDBPDatabase) => Promise<unknown>) => Promise<boolean>;
  /** Lets go of the database; a page need not. */
  close: () => void;
}

/**
 * Opens a database, or goes on without one: what could not be kept is for the caller to hold in memory.
 *
 * @param onTrouble - called each time that something is not kept
 */
export const openKept = async (
  name: string,
  steps: readonly Step[],
  onTrouble: (trouble: Trouble, error?: unknown) => void = () => undefined,
): Promise<Kept> => {
  let database: IDBPDatabase | undefined;
  const gone = (): void => {
    database = undefined;
    onTrouble('gone');
  };
  try {
    database = await openDB(name, steps.length, {
      upgrade(opened, from) {
        for (const step of steps.slice(from)) step(opened);
      },
      // A newer printing waits for this connection: make way, or the other tab would hang.
      blocking(_from, _to, event) {
        (event.target as IDBDatabase).close();
        gone();
      },
      terminated: gone,
    });
  } catch (error) {
    onTrouble('open', error);
  }
  return {
    get database() {
      return database;
    },
    attempt: async (work) => {
      if (database === undefined) return false;
      try {
        await work(database);
        return true;
      } catch (error) {
        onTrouble('refused', error);
        return false;
      }
    },
    close: () => {
      database?.close();
      database = undefined;
    },
  };
};
