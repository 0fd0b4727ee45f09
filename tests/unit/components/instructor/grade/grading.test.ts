import { describe, expect, it } from 'vitest';
import { Grading } from '../../../../../src/components/Instructor/Grade/grading.ts';
import {
  feedbackFiles,
  finished,
  markRow,
} from '../../../../../src/components/Instructor/Grade/mark-rows.ts';
import { withItem } from '../../../../../src/components/Instructor/Grade/marking.ts';
import {
  openWorkStore,
  type WorkStore,
} from '../../../../../src/components/Instructor/Grade/work-store.ts';
import {
  noMarking,
  type Row,
  type Work,
} from '../../../../../src/components/Instructor/Grade/work.ts';
import type { Runner } from '../../../../../src/instructor/grade/graded.ts';
import { allAnswers, contextOf, right, wrong } from '../../../instructor/grade/support.ts';
import { cameRow, refusedRow, workOf } from './rows.ts';

const memory = (): Promise<WorkStore> => openWorkStore(() => undefined);
const open = (
  store: WorkStore,
  work: Work = workOf(),
  onChange = (): void => undefined,
): Promise<Grading> => Grading.open(store, work, { book: '0.1.0', onChange });
const run = async (grading: Grading, runner?: Runner): Promise<void> => {
  const context = contextOf(runner === undefined ? {} : { runner });
  await grading.run(
    () => context,
    () => undefined,
  ).done;
};
const marks = (rows: readonly Row[]): (number | undefined)[] =>
  rows.toSorted((a, b) => a.path.localeCompare(b.path)).map(({ graded }) => graded?.earned);
const two = () =>
  Promise.all([
    cameRow({ id: 's1' }),
    cameRow({ id: 's2', name: 'Bob', answers: allAnswers(wrong) }),
  ]);

describe('a grading', () => {
  it('grades what counts and leaves what does not', async () => {
    const grading = await open(await memory());
    await grading.add([...(await two()), refusedRow('z.json')]);
    expect(grading.waiting).toHaveLength(2);
    await run(grading);
    expect(grading.waiting).toEqual([]);
    expect(marks(grading.rows)).toEqual([11, 3, undefined]);
  });

  it('goes on from where it was left, and grades nothing twice', async () => {
    const store = await memory();
    const grading = await open(store);
    await grading.add([(await two())[0]]);
    await run(grading);
    const again = await open(store, (await store.works())[0]);
    await again.add(await two());
    expect(again.waiting.map(({ path }) => path)).toEqual(['s2.json']);
    await run(again);
    expect(marks(again.rows)).toEqual([11, 3]);
  });

  it('says of a hand-in that could not be graded why, harms no other, and tries it again', async () => {
    const grading = await open(await memory());
    await grading.add(await two());
    let calls = 0;
    await run(grading, (request) => {
      calls += 1;
      if (request.code === right) throw new Error('The sandbox went away.');
      return contextOf().runner(request);
    });
    expect(calls).toBeGreaterThan(1);
    const [first, second] = grading.rows.toSorted((a, b) => a.path.localeCompare(b.path));
    expect(first?.gradingFault?.elaborate).toContain('went away');
    expect(second?.graded?.earned).toBe(3);
    expect(grading.waiting.map(({ path }) => path)).toEqual(['s1.json']);
    await run(grading);
    expect(marks(grading.rows)).toEqual([11, 3]);
    expect(grading.rows.some(({ gradingFault }) => gradingFault !== undefined)).toBe(false);
  });

  it('stops, and what is done stays', async () => {
    const grading = await open(await memory());
    await grading.add(await two());
    const context = contextOf();
    const handle = grading.run(
      () => context,
      ({ done }) => {
        if (done === 1) handle.stop();
      },
    );
    const { stopped } = await handle.done;
    expect(stopped).toBe(true);
    expect(grading.waiting).toHaveLength(1);
    await run(grading);
    expect(marks(grading.rows)).toEqual([11, 3]);
  });

  it('grades anew when the instructor’s own checks change', async () => {
    const grading = await open(await memory());
    await grading.add([(await two())[0]]);
    await run(grading);
    await grading.change({
      privateChecks: {
        double: `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('half', 'Twice a half is one', async ({ call }) => {
    expectEqual(await call('double', [0.5], 'number'), 1);
  }),
]);`,
      },
    });
    expect(grading.waiting).toHaveLength(1);
    await run(grading);
    const item = grading.rows[0]?.graded?.items[0];
    expect(item?.privateReport?.results).toHaveLength(1);
    await grading.change({ privateChecks: {} });
    expect(grading.waiting).toHaveLength(1);
    await grading.change({ gradingSeed: 100 });
    expect(grading.waiting).toHaveLength(1);
    // Names and clocks decide no mark of the re-run.
    await run(grading);
    await grading.change({
      revealed: true,
      jobs: 4,
      arrival: { kind: 'all-at', at: '2026-11-01T00:00:00Z' },
    });
    expect(grading.waiting).toEqual([]);
  });

  it('lets no mark of another grading leave the page', async () => {
    const grading = await open(await memory());
    await grading.add([(await two())[0]]);
    await run(grading);
    const { key } = grading.rows[0]!;
    await grading.mark(key, withItem(noMarking, 'written why', { override: 2 }));
    const done = (): number => finished(grading.work, grading.current).length;
    expect(done()).toBe(1);
    await grading.change({ gradingSeed: 100 });
    expect(done()).toBe(0);
    expect(markRow(grading.work, grading.current[0]!).mark).toBeUndefined();
    expect(feedbackFiles(grading.work, grading.current, new Map())).toEqual([]);
    // The same seed again: the marks are those of it.
    await grading.change({ gradingSeed: 99 });
    expect(done()).toBe(1);
  });

  it('keeps what was decided, and takes it back', async () => {
    const store = await memory();
    const grading = await open(store);
    await grading.add(await two());
    const { key } = grading.rows[0]!;
    await grading.mark(key, withItem(noMarking, 'written why', { override: 2 }));
    await grading.mark(key, { ...grading.row(key)!.marking, comment: 'Well put.' });
    expect((await store.rows('a0123456789')).find((row) => row.key === key)?.marking.comment).toBe(
      'Well put.',
    );
    expect(await grading.undo()).toBe(key);
    expect(grading.row(key)?.marking).toEqual(withItem(noMarking, 'written why', { override: 2 }));
    await grading.undo();
    expect(grading.row(key)?.marking).toEqual(noMarking);
    expect(grading.canUndo).toBe(false);
    expect(await grading.undo()).toBeUndefined();
  });

  it('lets the instructor choose which of a student’s hand-ins counts, and change their mind', async () => {
    const grading = await open(await memory());
    await grading.add([
      await cameRow({ at: '2026-11-01T00:00:00Z', path: 'old.json' }),
      await cameRow({ at: '2026-11-02T00:00:00Z', path: 'new.json', answers: [] }),
    ]);
    const at = (path: string): Row => grading.rows.find((row) => row.path === path)!;
    expect(grading.othersOf(at('new.json').key)).toHaveLength(1);
    await grading.choose(at('old.json').key);
    expect([at('old.json').state, at('new.json').state]).toEqual(['ready', 'superseded']);
    await grading.choose(at('new.json').key);
    expect([at('old.json').state, at('new.json').state]).toEqual(['superseded', 'ready']);
    expect(grading.work.chosen).toEqual([at('new.json').key]);
  });

  it('writes no older row over what was marked while many were written', async () => {
    const store = await memory();
    const { replaceRows, saveRows } = store;
    let meanwhile: (() => Promise<void>) | undefined;
    const first = async (): Promise<void> => {
      const change = meanwhile;
      meanwhile = undefined;
      await change?.();
    };
    store.replaceRows = async (work, rows) => {
      await first();
      await replaceRows(work, rows);
    };
    store.saveRows = async (rows) => {
      await first();
      await saveRows(rows);
    };
    const grading = await open(store);
    await grading.add(await two());
    const { key } = grading.rows[0]!;
    const kept = async (): Promise<string | undefined> =>
      (await store.rows('a0123456789')).find((row) => row.key === key)?.marking.comment;
    const comment = (text: string) => () => grading.mark(key, { ...noMarking, comment: text });
    meanwhile = comment('While files were read.');
    await grading.add([await cameRow({ id: 's3', name: 'Cy' })]);
    expect(await kept()).toBe('While files were read.');
    meanwhile = comment('While one was chosen.');
    await grading.choose(key);
    expect(await kept()).toBe('While one was chosen.');
  });

  it('tells the page of every change', async () => {
    let changes = 0;
    const grading = await open(await memory(), workOf(), () => (changes += 1));
    await grading.add(await two());
    const before = changes;
    await run(grading);
    expect(changes).toBe(before + 2);
  });
});
