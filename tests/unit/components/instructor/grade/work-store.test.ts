import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import {
  openWorkStore,
  type WorkStore,
} from '../../../../../src/components/Instructor/Grade/work-store.ts';
import { noMarking, type Row } from '../../../../../src/components/Instructor/Grade/work.ts';
import { refusedRow, workOf } from './rows.ts';

const name = 'grading-test';
const opened: WorkStore[] = [];
const warnings: string[] = [];
const open = async (): Promise<WorkStore> => {
  const store = await openWorkStore((why) => warnings.push(why), name);
  opened.push(store);
  return store;
};
const row = (key: string, work = 'a1', number = 1): Row => ({
  ...refusedRow(key),
  work,
  number,
  marking: noMarking,
});

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  warnings.length = 0;
  await deleteDB(name);
});

describe('the store of gradings', () => {
  it('keeps works and rows over a new opening', async () => {
    const first = await open();
    await first.saveWork(workOf({ id: 'a1', updatedAt: 1 }));
    await first.saveWork(workOf({ id: 'a2', updatedAt: 2 }));
    await first.saveRows([row('r2', 'a1', 2), row('r1', 'a1', 1), row('r3', 'a2')]);
    first.close();
    const second = await open();
    expect((await second.works()).map(({ id }) => id)).toEqual(['a2', 'a1']);
    expect((await second.rows('a1')).map(({ key }) => key)).toEqual(['r1', 'r2']);
    expect(second.lasting).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('replaces the rows of a work and of no other', async () => {
    const store = await open();
    await store.saveRows([row('r1'), row('r2'), row('other', 'a2')]);
    await store.replaceRows('a1', [row('r2'), row('r3')]);
    expect((await store.rows('a1')).map(({ key }) => key).sort()).toEqual(['r2', 'r3']);
    expect(await store.rows('a2')).toHaveLength(1);
  });

  it('gives back what it erases, so that it can come back', async () => {
    const store = await open();
    await store.saveWork(workOf({ id: 'a1' }));
    await store.saveRows([row('r1'), row('r2')]);
    const gone = await store.remove('a1');
    expect(await store.works()).toEqual([]);
    expect(await store.rows('a1')).toEqual([]);
    await store.saveWork(gone.work!);
    await store.saveRows(gone.rows);
    expect(await store.rows('a1')).toHaveLength(2);
  });

  it('goes on in memory, and says so once, where the storage is full', async () => {
    const store = await open();
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    try {
      await store.saveRows([row('r1')]);
      await store.saveRows([row('r2')]);
      await store.saveWork(workOf({ id: 'a1' }));
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(await store.rows('a1')).toHaveLength(2);
    expect(await store.works()).toHaveLength(1);
    expect(warnings).toHaveLength(1);
    // When there is room again, what is written is kept.
    await store.saveRows([row('r1')]);
    expect(await (await open()).rows('a1')).toHaveLength(1);
  });

  it('goes on in memory, and says so, once the browser closes the storage', async () => {
    const store = await open();
    await store.saveWork(workOf({ id: 'a1' }));
    const newer = await openDB(name, 2);
    try {
      expect(store.lasting).toBe(false);
      expect(warnings).toHaveLength(1);
      await store.saveRows([row('r1')]);
      expect(await store.rows('a1')).toHaveLength(1);
      expect((await store.remove('a1')).rows).toHaveLength(1);
      expect(await store.rows('a1')).toEqual([]);
    } finally {
      newer.close();
    }
  });

  it('gives what it has where the storage fails while a work is erased', async () => {
    const store = await open();
    await store.saveWork(workOf({ id: 'a1' }));
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = () => {
      throw new DOMException('Lost.', 'UnknownError');
    };
    try {
      expect(await store.remove('a1')).toEqual({ work: undefined, rows: [] });
    } finally {
      IDBObjectStore.prototype.get = get;
    }
  });

  it('works where there is no IndexedDB', async () => {
    const factory = globalThis.indexedDB;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    try {
      const store = await open();
      await store.saveWork(workOf({ id: 'a1' }));
      await store.saveRows([row('r1')]);
      expect(store.lasting).toBe(false);
      expect(await store.rows('a1')).toHaveLength(1);
      expect(warnings).toHaveLength(1);
    } finally {
      globalThis.indexedDB = factory;
    }
  });
});
