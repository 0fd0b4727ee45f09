import { openKept, type Step } from '../store/open-kept.ts';
import { itemKey } from './taken.ts';
import type { TakenAssignment, Work } from './taken.ts';

/** Not the store of the reader's progress: an assignment is done under rules of its own. */
export const takenDatabase = 'heavy-weights-taken';

const steps: readonly Step[] = [
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
  // What it refuses is held in memory, laid over what it has.
  const stored = await openKept(name, steps, (trouble, error) => {
    if (trouble === 'open') console.info('This browser keeps no assignments.', error);
    if (trouble === 'refused')
      console.warn('The assignment could not be kept in this browser.', error);
  });
  const all = async (): Promise<TakenAssignment[]> =>
    ((await stored.database?.getAll('assignments').catch(() => [])) ?? []) as TakenAssignment[];

  const store: TakenStore = {
    assignments: async () => {
      const records = new Map((await all()).map((record) => [record.id, record]));
      for (const [id, record] of held.assignments) records.set(id, record);
      return [...records.values()].sort((a, b) => b.updatedAt - a.updatedAt);
    },
    assignment: async (id) =>
      held.assignments.get(id) ??
      ((await stored.database?.get('assignments', id).catch(() => undefined)) as
        TakenAssignment | undefined),
    saveAssignment: async (record, { sure = false } = {}) => {
      const kept = await stored.attempt(async (open) => {
        const transaction = open.transaction('assignments', 'readwrite', {
          durability: sure ? 'strict' : 'relaxed',
        });
        await Promise.all([transaction.store.put(record), transaction.done]);
      });
      if (kept) held.assignments.delete(record.id);
      else held.assignments.set(record.id, record);
    },
    work: async (id) => {
      const kept = ((await stored.database?.getAll('work', ofAssignment(id)).catch(() => [])) ??
        []) as Work[];
      const records = new Map(kept.map((work) => [keyOf(id, work), work]));
      for (const [key, work] of held.work) if (key.startsWith(`${id}/`)) records.set(key, work);
      return [...records.values()];
    },
    saveWork: async (id, work) => {
      const key = keyOf(id, work);
      const kept = await stored.attempt(async (open) => {
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
      await stored.attempt(async (open) => {
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
      return stored.database !== undefined && held.assignments.size + held.work.size === 0;
    },
    close: stored.close,
  };
  return store;
};
