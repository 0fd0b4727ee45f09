import { openDB } from 'idb';
import type { IDBPDatabase } from 'idb';
import { itemKey } from './taken.ts';
import type { TakenAssignment, Work } from './taken.ts';

/** Not the store of the reader's progress: an assignment is done under rules of its own. */
export const takenDatabase = 'heavy-weights-taken';

/** Step `i` brings a database of version `i` to version `i + 1`. Steps are only ever added. */
const steps: readonly ((database: IDBPDatabase) => void)[] = [
  (database) => {
    database.createObjectStore('assignments', { keyPath: 'id' });
    database.createObjectStore('work');
  },
];

/** Everything kept of one assignment. */
export interface Kept {
  assignment: TakenAssignment;
  work: Work[];
}

/** The assignments that were opened in this browser, and the work at them. */
export interface TakenStore {
  /** The one touched last comes first. */
  assignments: () => Promise<TakenAssignment[]>;
  assignment: (id: string) => Promise<TakenAssignment | undefined>;
  /** With `sure`, it is on the disc when the promise resolves. */
  saveAssignment: (record: TakenAssignment, options?: { sure?: boolean }) => Promise<void>;
  work: (assignment: string) => Promise<Work[]>;
  saveWork: (assignment: string, work: Work) => Promise<void>;
  /** Takes an assignment and its work away, and gives them back for an undo. */
  remove: (id: string) => Promise<Kept | undefined>;
  /** Whether what is saved outlives the page. */
  readonly lasting: boolean;
  close: () => void;
}

const keyOf = (assignment: string, work: Pick<Work, 'kind' | 'id'>): string =>
  `${assignment}/${itemKey(work)}`;
const ofAssignment = (id: string): IDBKeyRange => IDBKeyRange.bound(`${id}/`, `${id}/\uffff`);

/** Two tabs may have counted apart: what was used up stays used up. */
const united = (old: Work | undefined, work: Work): Work => {
  if (old?.kind !== 'exercise' || work.kind !== 'exercise') return work;
  const { attempts, hintsShown, solutionShown } = old.record;
  return {
    ...work,
    record: {
      ...work.record,
      attempts: Math.max(attempts, work.record.attempts),
      hintsShown: Math.max(hintsShown, work.record.hintsShown),
      solutionShown: solutionShown || work.record.solutionShown,
    },
  };
};

/** Opens the store. It always opens: where a browser stores nothing, it holds for as long as the page. */
export const openTaken = async (name = takenDatabase): Promise<TakenStore> => {
  const held = { assignments: new Map<string, TakenAssignment>(), work: new Map<string, Work>() };
  let database: IDBPDatabase | undefined;
  const gone = (): void => {
    database = undefined;
  };
  try {
    database = await openDB(name, steps.length, {
      upgrade(opened, from) {
        for (const step of steps.slice(from)) step(opened);
      },
      // A newer printing in another tab waits for this connection.
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        gone();
      },
      terminated: gone,
    });
  } catch (error) {
    console.info('This browser keeps no assignments.', error);
  }

  /** Tries the database; what it refuses is held in memory, laid over what it has. */
  const attempt = async (write: (open: IDBPDatabase) => Promise<unknown>): Promise<boolean> => {
    if (database === undefined) return false;
    try {
      await write(database);
      return true;
    } catch (error) {
      console.warn('The assignment could not be kept in this browser.', error);
      return false;
    }
  };
  const all = async (): Promise<TakenAssignment[]> =>
    ((await database?.getAll('assignments').catch(() => [])) ?? []) as TakenAssignment[];

  const store: TakenStore = {
    assignments: async () => {
      const records = new Map((await all()).map((record) => [record.id, record]));
      for (const [id, record] of held.assignments) records.set(id, record);
      return [...records.values()].sort((a, b) => b.updatedAt - a.updatedAt);
    },
    assignment: async (id) =>
      held.assignments.get(id) ??
      ((await database?.get('assignments', id).catch(() => undefined)) as
        TakenAssignment | undefined),
    saveAssignment: async (record, { sure = false } = {}) => {
      const kept = await attempt(async (open) => {
        const transaction = open.transaction('assignments', 'readwrite', {
          durability: sure ? 'strict' : 'relaxed',
        });
        await Promise.all([transaction.store.put(record), transaction.done]);
      });
      if (kept) held.assignments.delete(record.id);
      else held.assignments.set(record.id, record);
    },
    work: async (id) => {
      const kept = ((await database?.getAll('work', ofAssignment(id)).catch(() => [])) ??
        []) as Work[];
      const records = new Map(kept.map((work) => [keyOf(id, work), work]));
      for (const [key, work] of held.work) if (key.startsWith(`${id}/`)) records.set(key, work);
      return [...records.values()];
    },
    saveWork: async (id, work) => {
      const key = keyOf(id, work);
      const kept = await attempt(async (open) => {
        const transaction = open.transaction('work', 'readwrite');
        const old = (await transaction.store.get(key)) as Work | undefined;
        await Promise.all([transaction.store.put(united(old, work), key), transaction.done]);
      });
      if (kept) held.work.delete(key);
      else held.work.set(key, united(held.work.get(key), work));
    },
    async remove(id) {
      const assignment = await store.assignment(id);
      const work = await store.work(id);
      await attempt(async (open) => {
        const transaction = open.transaction(['assignments', 'work'], 'readwrite');
        await Promise.all([
          transaction.objectStore('assignments').delete(id),
          transaction.objectStore('work').delete(ofAssignment(id)),
          transaction.done,
        ]);
      });
      held.assignments.delete(id);
      for (const key of [...held.work.keys()]) if (key.startsWith(`${id}/`)) held.work.delete(key);
      return assignment === undefined ? undefined : { assignment, work };
    },
    get lasting() {
      return database !== undefined && held.assignments.size + held.work.size === 0;
    },
    close: () => {
      database?.close();
      gone();
    },
  };
  return store;
};
