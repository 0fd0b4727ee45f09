import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  openShelf,
  type Shelf,
  type ShelfRecord,
} from '../../../../src/components/Instructor/store/shelf.ts';
import { newDraft } from '../../../../src/instructor/build/draft.ts';

const name = 'shelf-test';
const opened: Shelf[] = [];
const open = async (): Promise<Shelf> => {
  const shelf = await openShelf({ name });
  opened.push(shelf);
  return shelf;
};
const record = (id: string, updatedAt: number, title = id): ShelfRecord => ({
  id,
  draft: { ...newDraft({ id, book: '0.1.0', now: new Date(0) }), title },
  updatedAt,
});

afterEach(async () => {
  for (const shelf of opened.splice(0)) shelf.close();
  vi.restoreAllMocks();
  await deleteDB(name);
});

describe('the shelf', () => {
  it('keeps over a new opening, the last edited first', async () => {
    const first = await open();
    await first.save(record('a1', 10));
    await first.save(record('a2', 30));
    await first.save(record('a3', 20));
    first.close();
    const second = await open();
    expect((await second.all()).map(({ id }) => id)).toEqual(['a2', 'a3', 'a1']);
    expect(second.lasting).toBe(true);
  });

  it('replaces by id, removes, and takes back', async () => {
    const shelf = await open();
    await shelf.save(record('a1', 10, 'old'));
    await shelf.save(record('a1', 20, 'new'));
    expect((await shelf.all()).map(({ draft }) => draft.title)).toEqual(['new']);
    const kept = (await shelf.get('a1'))!;
    await shelf.remove('a1');
    expect(await shelf.get('a1')).toBeUndefined();
    await shelf.save(kept);
    expect(await shelf.get('a1')).toEqual(kept);
  });

  it('keeps an unfinished draft as it is', async () => {
    const shelf = await open();
    const unfinished = record('a1', 10, '');
    await shelf.save(unfinished);
    expect(await (await open()).get('a1')).toEqual(unfinished);
  });

  it('tells the other tabs, and not its own', async () => {
    const here = await open();
    const there = await open();
    let heard = 0;
    let own = 0;
    there.subscribe(() => (heard += 1));
    here.subscribe(() => (own += 1));
    await here.save(record('a1', 10));
    await expect.poll(() => heard).toBe(1);
    expect(own).toBe(0);
  });

  it('holds in memory what a full storage refuses, and writes it when there is room', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const shelf = await open();
    await shelf.save(record('a1', 10, 'kept'));
    const { put, delete: remove } = IDBObjectStore.prototype;
    const full = (): never => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.put = full;
    IDBObjectStore.prototype.delete = full;
    try {
      await shelf.save(record('a2', 20));
      expect(shelf.lasting).toBe(false);
      expect((await shelf.all()).map(({ id }) => id)).toEqual(['a2', 'a1']);
      await shelf.remove('a1');
      expect(await shelf.get('a1')).toBeUndefined();
    } finally {
      IDBObjectStore.prototype.put = put;
      IDBObjectStore.prototype.delete = remove;
    }
    await shelf.save(record('a2', 30));
    await shelf.save(record('a1', 5));
    expect(shelf.lasting).toBe(true);
    expect((await (await open()).all()).map(({ id }) => id)).toEqual(['a2', 'a1']);
  });

  it('works in memory where there is no IndexedDB', async () => {
    const factory = globalThis.indexedDB;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    try {
      const shelf = await open();
      await shelf.save(record('a1', 10));
      expect(shelf.lasting).toBe(false);
      expect(await shelf.all()).toHaveLength(1);
    } finally {
      globalThis.indexedDB = factory;
    }
  });
});
