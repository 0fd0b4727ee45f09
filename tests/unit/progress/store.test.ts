import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations, openDatabase, storeNames } from '../../../src/progress/database.ts';
import type { Migration } from '../../../src/progress/database.ts';
import { reasons } from '../../../src/progress/keeper.ts';
import type { ExerciseRecord } from '../../../src/progress/records.ts';
import { openProgress } from '../../../src/progress/store.ts';
import type { Progress, ProgressChange } from '../../../src/progress/store.ts';

const fixture = readFileSync(new URL('./fixtures/export-v1.json', import.meta.url), 'utf8');
const name = 'progress-test';
const opened: Progress[] = [];
const warnings: string[] = [];

const open = async (): Promise<Progress> => {
  const store = await openProgress({ name, warn: (why) => warnings.push(why) });
  opened.push(store);
  return store;
};

const exercise = (change: Partial<ExerciseRecord> = {}): ExerciseRecord => ({
  id: 'pack-int4',
  state: 'edited',
  code: 'export const pack = 1;',
  attempts: 1,
  hintsShown: 0,
  solutionShown: false,
  lastResults: [],
  updatedAt: 10,
  ...change,
});

beforeEach(() => {
  warnings.length = 0;
});

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await deleteDB(name);
});

describe('the progress store', () => {
  it('keeps each kind of record over a new opening', async () => {
    const first = await open();
    await first.importText(fixture);
    await first.saveSetting('editor', 'plain');
    await first.saveSetting('verdict-77', 'stale-mask');
    first.close();

    const second = await open();
    expect(second.lasting).toBe(true);
    expect(
      await second.cell('01-a-model-too-heavy/01-a-client-in-distress/weigh-the-model'),
    ).toMatchObject({ runs: 3 });
    expect(await second.exercise('count-the-bytes')).toMatchObject({
      state: 'passed',
      attempts: 2,
    });
    expect(await second.quiz('biases-or-weights')).toMatchObject({ answers: [2, 0] });
    expect(await second.prediction('which-layer-is-heaviest')).toMatchObject({
      answer: 'About half',
    });
    expect(await second.lastPlace()).toMatchObject({ number: '1.2' });
    expect(await second.setting('theme')).toBe('dark');
    expect(await second.setting('editor')).toBe('plain');
    expect(await second.setting('language')).toBeUndefined();
    expect(await second.setting('verdict-77')).toBe('stale-mask');
    expect(await second.setting('verdict-78')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('never drops a pass, whatever a tab with an older page saves', async () => {
    const store = await open();
    await store.saveExercise(
      exercise({ state: 'passed', passedAt: 20, passedCode: 'good', updatedAt: 20 }),
    );
    await store.saveExercise(exercise({ code: 'edited again', updatedAt: 30 }));
    expect(await store.exercise('pack-int4')).toMatchObject({
      code: 'edited again',
      passedAt: 20,
      passedCode: 'good',
    });
    await store.saveExercise(
      exercise({ state: 'passed', passedAt: 90, passedCode: 'better', updatedAt: 90 }),
    );
    expect(await store.exercise('pack-int4')).toMatchObject({ passedAt: 20, passedCode: 'better' });
  });

  it('tells listeners here and in other tabs, and stops when asked', async () => {
    const here = await open();
    const there = await open();
    const heard: ProgressChange[] = [];
    const heardHere: ProgressChange[] = [];
    there.subscribe((change) => heard.push(change));
    const stop = here.subscribe((change) => heardHere.push(change));
    await here.saveSetting('theme', 'dark');
    await expect.poll(() => heard).toEqual([{ store: 'settings', id: 'theme' }]);
    expect(heardHere).toEqual([{ store: 'settings', id: 'theme' }]);
    stop();
    await here.erase();
    await expect.poll(() => heard).toContainEqual({ store: 'everything' });
    expect(heardHere).toHaveLength(1);
  });

  it('erases everything, and the exported text brings it back', async () => {
    const store = await open();
    await store.importText(fixture);
    const text = await store.exportText();
    const before = await store.all();
    await store.erase();
    expect(Object.values(await store.all()).flat()).toEqual([]);
    expect(await store.importText(text)).toEqual({
      added: 6,
      updated: 0,
      unchanged: 0,
      damaged: [],
    });
    expect(await store.all()).toEqual(before);
  });

  it('previews an import without writing any of it', async () => {
    const store = await open();
    expect(await store.importText(fixture, { preview: true })).toMatchObject({ added: 6 });
    expect(Object.values(await store.all()).flat()).toEqual([]);
  });

  it('changes nothing when the file is damaged', async () => {
    const store = await open();
    await store.saveExercise(exercise());
    const before = await store.all();
    await expect(store.importText(fixture.slice(0, 400))).rejects.toMatchObject({
      code: 'progress-not-json',
    });
    expect(await store.all()).toEqual(before);
  });

  it('holds in memory what a full storage refuses, warns once, and still exports it', async () => {
    const store = await open();
    await store.saveExercise(exercise({ state: 'passed', passedAt: 5 }));
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    try {
      await store.saveExercise(exercise({ code: 'written on a full disc', updatedAt: 50 }));
      await store.saveSetting('theme', 'dark');
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(warnings).toEqual([reasons.refused]);
    expect(await store.exercise('pack-int4')).toMatchObject({
      code: 'written on a full disc',
      passedAt: 5,
    });
    expect(await store.exportText()).toContain('written on a full disc');
    // Room again: the next write of the record goes to the disc with what was held.
    await store.saveExercise(exercise({ code: 'and kept', updatedAt: 60 }));
    store.close();
    expect(await (await open()).exercise('pack-int4')).toMatchObject({
      code: 'and kept',
      passedAt: 5,
    });
  });

  it('works in memory, with a warning, where there is no IndexedDB', async () => {
    const factory = globalThis.indexedDB;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    try {
      const store = await open();
      expect(store.lasting).toBe(false);
      await store.saveExercise(exercise());
      expect(await store.exercise('pack-int4')).toMatchObject({ state: 'edited' });
      expect((await store.all()).exercises).toHaveLength(1);
      expect(warnings).toEqual([reasons.missing]);
    } finally {
      globalThis.indexedDB = factory;
    }
  });

  it('makes way for a newer printing in another tab and goes on in memory', async () => {
    const store = await open();
    await store.saveExercise(exercise());
    const newer = await openDB(name, migrations.length + 1);
    await expect.poll(() => warnings).toEqual([reasons.newer]);
    await store.saveExercise(exercise({ code: 'after', updatedAt: 70 }));
    expect(await store.exercise('pack-int4')).toMatchObject({ code: 'after' });
    newer.close();
    const late = await open();
    expect(late.lasting).toBe(false);
    expect(warnings).toEqual([reasons.newer, reasons.newer]);
  });
});

describe('migrations', () => {
  it('create every store in a new database', async () => {
    const database = await openDatabase({ name });
    expect([...database.objectStoreNames].sort()).toEqual([...storeNames].sort());
    expect(database.version).toBe(migrations.length);
    database.close();
  });

  it('carry the records of every earlier version to the latest', async () => {
    const first = await open();
    await first.importText(fixture);
    first.close();
    const step: Migration = async (database, transaction) => {
      database.createObjectStore('later', { keyPath: 'id' });
      let cursor = await transaction.objectStore('quizzes').openCursor();
      while (cursor) {
        await cursor.update({ ...cursor.value, seen: true });
        cursor = await cursor.continue();
      }
    };
    const database = await openDatabase({ name, steps: [...migrations, step] });
    expect(database.version).toBe(migrations.length + 1);
    expect(await database.get('quizzes', 'biases-or-weights')).toMatchObject({
      answers: [2, 0],
      seen: true,
    });
    expect(await database.get('exercises', 'count-the-bytes')).toMatchObject({ state: 'passed' });
    database.close();
  });
});
