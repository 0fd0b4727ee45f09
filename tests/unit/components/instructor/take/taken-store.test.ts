import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTaken } from '../../../../../src/components/Instructor/Take/taken-store.ts';
import type { TakenStore } from '../../../../../src/components/Instructor/Take/taken-store.ts';
import type { TakenAssignment } from '../../../../../src/components/Instructor/Take/taken.ts';
import { exerciseWork, quizWork, writtenWork } from './work.ts';

const name = 'taken-test';
const opened: TakenStore[] = [];
const open = async (): Promise<TakenStore> => {
  const store = await openTaken(name);
  opened.push(store);
  return store;
};

const assignment = (id: string, updatedAt = 1): TakenAssignment => ({
  id,
  title: `Title of ${id}`,
  file: '{}',
  student: { name: 'Ada', id: '7' },
  handedIn: [],
  updatedAt,
});

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const store of opened.splice(0)) store.close();
  await deleteDB(name);
});

describe('the store of taken assignments', () => {
  it('keeps assignments and their work over a visit, apart from each other', async () => {
    const first = await open();
    await first.saveAssignment(assignment('a0000000001', 1));
    await first.saveAssignment(assignment('a0000000002', 2), { sure: true });
    await first.saveWork('a0000000001', exerciseWork('one', 'mine'));
    await first.saveWork('a0000000001', writtenWork('one', 'words'));
    await first.saveWork('a0000000002', quizWork('one', [1], false));
    first.close();

    const second = await open();
    expect(second.lasting).toBe(true);
    expect((await second.assignments()).map(({ id }) => id)).toEqual([
      'a0000000002',
      'a0000000001',
    ]);
    expect((await second.assignment('a0000000001'))?.student).toEqual({ name: 'Ada', id: '7' });
    // An exercise and a written question of one name are two things.
    expect((await second.work('a0000000001')).map(({ kind }) => kind).sort()).toEqual([
      'exercise',
      'written',
    ]);
    expect(await second.work('a0000000002')).toEqual([quizWork('one', [1], false)]);
    expect(await second.work('a0000000003')).toEqual([]);
    expect(await second.assignment('a0000000003')).toBeUndefined();
  });

  it('never gives back a Check or a hint that another tab used up', async () => {
    const store = await open();
    const id = 'a0000000001';
    await store.saveWork(
      id,
      exerciseWork('one', 'first', { attempts: 3, hintsShown: 1, solutionShown: true }),
    );
    await store.saveWork(id, exerciseWork('one', 'second', { attempts: 1, hintsShown: 2 }));
    const [work] = await store.work(id);
    expect(work).toMatchObject({
      record: { code: 'second', attempts: 3, hintsShown: 2, solutionShown: true },
    });
  });

  it('takes an assignment away whole, and only that, and gives it back', async () => {
    const store = await open();
    await store.saveAssignment(assignment('a0000000001'));
    await store.saveAssignment(assignment('a0000000002'));
    await store.saveWork('a0000000001', writtenWork('one', 'words'));
    await store.saveWork('a0000000002', writtenWork('one', 'others'));
    const kept = await store.remove('a0000000001');
    expect(kept).toEqual({
      assignment: assignment('a0000000001'),
      work: [writtenWork('one', 'words')],
    });
    expect(await store.assignment('a0000000001')).toBeUndefined();
    expect(await store.work('a0000000001')).toEqual([]);
    expect(await store.work('a0000000002')).toEqual([writtenWork('one', 'others')]);
    expect(await store.remove('a0000000009')).toBeUndefined();
  });

  it('holds everything for as long as the page where the browser stores nothing, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await open();
    expect(store.lasting).toBe(false);
    await store.saveAssignment(assignment('a0000000001'));
    await store.saveWork('a0000000001', exerciseWork('one', 'mine', { attempts: 2 }));
    await store.saveWork('a0000000001', exerciseWork('one', 'more', { attempts: 1 }));
    expect(await store.assignments()).toHaveLength(1);
    expect(await store.work('a0000000001')).toMatchObject([
      { record: { code: 'more', attempts: 2 } },
    ]);
    await store.remove('a0000000001');
    expect(await store.work('a0000000001')).toEqual([]);
  });

  it('goes on in memory when the connection is gone', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = await open();
    await store.saveAssignment(assignment('a0000000001'));
    store.close();
    await store.saveWork('a0000000001', writtenWork('one', 'words'));
    expect(store.lasting).toBe(false);
    expect(await store.work('a0000000001')).toEqual([writtenWork('one', 'words')]);
    warned.mockRestore();
  });
});
