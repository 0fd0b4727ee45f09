import { openKept, type Step } from '../store/open-kept.ts';
import type { Row, Work } from './work.ts';

/** A database of its own: clearing a reader's progress touches no marks, and the other way round. */
export const gradingDatabase = 'heavy-weights-grading';

/** A row holds a whole hand-in: copying a thousand at once would take a page's breath. */
const ROWS_AT_ONCE = 50;

/** What is kept of all gradings, in this browser only. */
export interface WorkStore {
  works(): Promise<Work[]>;
  rows(work: string): Promise<Row[]>;
  saveWork(work: Work): Promise<void>;
  /** Writes rows, and makes sure that they are on the disc; many of them some at a time, so that the page never stands still. */
  saveRows(rows: readonly Row[]): Promise<void>;
  /** The rows of a work are these and no others. */
  replaceRows(work: string, rows: readonly Row[]): Promise<void>;
  /** Removes a work and its rows, and gives them so that they can be brought back. */
  remove(work: string): Promise<{ work: Work | undefined; rows: Row[] }>;
  /** Whether what is saved outlives the page. */
  readonly lasting: boolean;
  close(): void;
}

const steps: readonly Step[] = [
  (database) => {
    database.createObjectStore('works', { keyPath: 'id' });
    database.createObjectStore('rows', { keyPath: 'key' }).createIndex('work', 'work');
  },
];

/**
 * Opens the store. A browser that keeps nothing is told of once, and the work goes on in memory.
 *
 * @param warn - gets a sentence when what is done here will not outlive the page
 */
export const openWorkStore = async (
  warn: (why: string) => void,
  name = gradingDatabase,
): Promise<WorkStore> => {
  const works = new Map<string, Work>();
  const rows = new Map<string, Row>();
  let warned = false;
  const lose = (): void => {
    if (warned) return;
    warned = true;
    warn(
      'This browser does not keep the work: its storage is blocked or full. Save the marks to a file before you close the page.',
    );
  };
  // Another tab with a newer page, or the browser itself, may close it: from then on all is held in memory.
  const kept = await openKept(name, steps, lose);

  const rowsOf = async (work: string): Promise<Row[]> => {
    const found = new Map<string, Row>();
    const stored = ((await kept.database?.getAllFromIndex('rows', 'work', work).catch(() => [])) ??
      []) as Row[];
    for (const row of stored) found.set(row.key, row);
    for (const row of rows.values()) if (row.work === work) found.set(row.key, row);
    return [...found.values()].sort((a, b) => a.number - b.number);
  };

  const saveSome = async (changed: readonly Row[], gone: readonly string[]): Promise<void> => {
    const isKept = await kept.attempt(async (opened) => {
      const transaction = opened.transaction('rows', 'readwrite', { durability: 'strict' });
      await Promise.all([
        ...gone.map((key) => transaction.store.delete(key)),
        ...changed.map((row) => transaction.store.put(row)),
        transaction.done,
      ]);
    });
    for (const key of gone) rows.delete(key);
    for (const row of changed) {
      if (isKept) rows.delete(row.key);
      else rows.set(row.key, row);
    }
  };

  const saveRows = async (changed: readonly Row[], gone: readonly string[] = []): Promise<void> => {
    await saveSome(changed.slice(0, ROWS_AT_ONCE), gone);
    for (let from = ROWS_AT_ONCE; from < changed.length; from += ROWS_AT_ONCE) {
      await saveSome(changed.slice(from, from + ROWS_AT_ONCE), []);
    }
  };

  return {
    async works() {
      const stored = ((await kept.database?.getAll('works').catch(() => [])) ?? []) as Work[];
      const all = new Map([...stored, ...works.values()].map((work) => [work.id, work]));
      return [...all.values()].sort((a, b) => b.updatedAt - a.updatedAt);
    },
    rows: rowsOf,
    async saveWork(work) {
      if (await kept.attempt((opened) => opened.put('works', work))) works.delete(work.id);
      else works.set(work.id, work);
    },
    saveRows: (changed) => saveRows(changed),
    async replaceRows(work, all) {
      const keys = new Set(all.map(({ key }) => key));
      // Their keys only: a thousand graded hand-ins at once would take a page's breath too.
      const stored = ((await kept.database
        ?.getAllKeysFromIndex('rows', 'work', work)
        .catch(() => [])) ?? []) as string[];
      const held = [...rows.values()].filter((row) => row.work === work).map(({ key }) => key);
      const gone = new Set([...stored, ...held].filter((key) => !keys.has(key)));
      await saveRows(all, [...gone]);
    },
    async remove(id) {
      const gone = {
        work:
          works.get(id) ??
          ((await kept.database?.get('works', id).catch(() => undefined)) as Work | undefined),
        rows: await rowsOf(id),
      };
      works.delete(id);
      for (const { key } of gone.rows) rows.delete(key);
      await kept.attempt(async (opened) => {
        const transaction = opened.transaction(['works', 'rows'], 'readwrite');
        await Promise.all([
          transaction.objectStore('works').delete(id),
          ...gone.rows.map(({ key }) => transaction.objectStore('rows').delete(key)),
          transaction.done,
        ]);
      });
      return gone;
    },
    get lasting() {
      return kept.database !== undefined;
    },
    close: kept.close,
  };
};
