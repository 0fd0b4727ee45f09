import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { addAttempt, isMeasured, mergeBoards, mostAttempts } from '../../../src/progress/boards.ts';
import { migrations, openDatabase } from '../../../src/progress/database.ts';
import { readExport } from '../../../src/progress/import.ts';
import { rankAttempts } from '../../../src/progress/rank-attempts.ts';
import type { AttemptRecord, BoardRecord } from '../../../src/progress/records.ts';
import { openProgress } from '../../../src/progress/store.ts';
import type { Progress } from '../../../src/progress/store.ts';
import { meetsAll } from '../../../src/shared/measures.ts';
import type { Measures } from '../../../src/shared/measures.ts';

const budgets = { bytes: 1000, accuracy: 0.9, macs: 500 };
const fixture = readFileSync(new URL('./fixtures/export-v1.json', import.meta.url), 'utf8');
const name = 'boards-test';
const opened: Progress[] = [];

const open = async (): Promise<Progress> => {
  const store = await openProgress({ name, warn: () => undefined });
  opened.push(store);
  return store;
};

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await deleteDB(name);
});

const attempt = (
  at: number,
  bytes: number,
  accuracy: number,
  macs: number,
  change: Partial<AttemptRecord> = {},
): AttemptRecord => ({
  at,
  passed: true,
  measures: { bytes, accuracy, macs },
  code: `text ${at}`,
  ...change,
});
const board = (attempts: AttemptRecord[], id = 'three-budgets'): BoardRecord => ({
  id,
  attempts,
  updatedAt: attempts.at(-1)?.at ?? 1,
});
const order = (attempts: AttemptRecord[]): number[] =>
  rankAttempts(attempts, budgets).map((row) => row.attempt.at);

describe('rankAttempts', () => {
  it('puts those that meet every budget first, then the fewest bytes', () => {
    const small = attempt(1, 10, 0.5, 10); // misses the accuracy
    const met = attempt(2, 900, 0.95, 400);
    const better = attempt(3, 800, 0.91, 499);
    expect(order([small, met, better])).toEqual([3, 2, 1]);
    expect(
      rankAttempts([small, met, better], budgets).map(({ meets, place }) => [meets, place]),
    ).toEqual([
      [true, 1],
      [true, 2],
      [false, 3],
    ]);
  });

  it('of equal bytes goes by accuracy, then by multiplications, then by time', () => {
    expect(
      order([
        attempt(4, 500, 0.95, 300),
        attempt(3, 500, 0.95, 300),
        attempt(2, 500, 0.95, 200),
        attempt(1, 500, 0.96, 400),
      ]),
    ).toEqual([1, 2, 3, 4]);
  });

  it('meets a budget at the budget itself, and no further', () => {
    expect(meetsAll({ bytes: 1000, accuracy: 0.9, macs: 500 }, budgets)).toBe(true);
    for (const beyond of [{ bytes: 1001 }, { accuracy: 0.8999 }, { macs: 501 }])
      expect(meetsAll({ bytes: 1000, accuracy: 0.9, macs: 500, ...beyond }, budgets)).toBe(false);
    expect(meetsAll({ bytes: 1 }, budgets)).toBe(false);
  });

  it('marks the Pareto front, in which equal attempts stand together', () => {
    const rows = rankAttempts(
      [
        attempt(1, 500, 0.95, 300),
        attempt(2, 500, 0.95, 300),
        attempt(3, 500, 0.94, 300),
        attempt(4, 900, 0.99, 450),
        attempt(5, 950, 0.99, 450),
      ],
      budgets,
    );
    expect(
      rows
        .filter(({ onFront }) => onFront)
        .map((row) => row.attempt.at)
        .sort(),
    ).toEqual([1, 2, 4]);
  });

  it('marks the last, and leaves out what was not wholly measured', () => {
    const partly = attempt(9, 1, 1, 1, { measures: { bytes: 1 } });
    const nonsense = attempt(8, Number.NaN, 1, 1);
    const rows = rankAttempts(
      [attempt(1, 9, 1, 1), partly, nonsense, attempt(2, 10, 1, 1)],
      budgets,
    );
    expect(rows.map((row) => [row.attempt.at, row.last])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(rankAttempts([], budgets)).toEqual([]);
  });

  it('asks only for what has a budget', () => {
    const measures: Measures = { bytes: 5 };
    expect(isMeasured(measures, { bytes: 9 })).toBe(true);
    expect(isMeasured(measures, budgets)).toBe(false);
    expect(rankAttempts([attempt(1, 0, 0, 0, { measures })], { bytes: 9 })[0]).toMatchObject({
      meets: true,
    });
  });
});

describe('addAttempt', () => {
  it('keeps the best and the last when there are too many', () => {
    let kept: BoardRecord | undefined;
    for (let at = 1; at <= mostAttempts; at++)
      kept = addAttempt(kept, 'x', attempt(at, 100 + at, 0.95, 300), budgets);
    const worst = attempt(1000, 999, 0.1, 499);
    kept = addAttempt(kept, 'x', worst, budgets);
    expect(kept.attempts).toHaveLength(mostAttempts);
    expect(kept.attempts.at(-1)).toEqual(worst);
    expect(kept.attempts[0]!.at).toBe(1);
    expect(kept.attempts.some(({ at }) => at === mostAttempts)).toBe(false);
    kept = addAttempt(kept, 'x', attempt(1001, 1, 0.95, 1), budgets);
    expect(kept.attempts.some(({ at }) => at === 1000)).toBe(false);
    expect(order(kept.attempts)[0]).toBe(1001);
  });
});

describe('the store', () => {
  it('keeps a board over a new opening, and one change after another loses none', async () => {
    const first = await open();
    const second = await open();
    await Promise.all(
      [1, 2, 3, 4].map((at) =>
        (at % 2 ? first : second).changeBoard('three-budgets', (old) =>
          addAttempt(old, 'three-budgets', attempt(at, at, 1, 1), budgets),
        ),
      ),
    );
    const kept = await (await open()).board('three-budgets');
    expect(kept?.attempts.map(({ at }) => at)).toEqual([1, 2, 3, 4]);
  });

  it('brings a database of the first printing to this one with all its records', async () => {
    const old = await openDatabase({ name, steps: migrations.slice(0, 1) });
    expect(old.objectStoreNames.contains('boards')).toBe(false);
    await old.put('quizzes', {
      id: 'q',
      answers: [1],
      correct: true,
      section: '1.1',
      updatedAt: 1,
    });
    old.close();
    const store = await open();
    expect(store.lasting).toBe(true);
    expect(await store.quiz('q')).toMatchObject({ answers: [1] });
    await store.changeBoard('x', () => board([attempt(1, 1, 1, 1)], 'x'));
    expect((await store.board('x'))?.attempts).toHaveLength(1);
  });

  it('exports boards and takes them back; two boards are united', async () => {
    const store = await open();
    await store.changeBoard('three-budgets', () =>
      board([attempt(1, 1, 1, 1), attempt(3, 3, 1, 1)]),
    );
    const text = await store.exportText();
    expect(readExport(text).damaged).toEqual([]);
    await store.changeBoard('three-budgets', () =>
      board([attempt(2, 2, 1, 1), attempt(3, 3, 1, 1)]),
    );
    await store.importText(text);
    expect((await store.board('three-budgets'))?.attempts.map(({ at }) => at)).toEqual([1, 2, 3]);
    await store.erase();
    expect(await store.board('three-budgets')).toBeUndefined();
    expect(await store.importText(text)).toMatchObject({ added: 1, damaged: [] });
  });

  it('reads a file of version 1, which has no boards', () => {
    expect(readExport(fixture)).toMatchObject({ data: { boards: [] }, damaged: [] });
  });

  it.each([
    ['an unknown measure', { speed: 1 }],
    ['no number', { bytes: '1' }],
    ['less than nothing', { bytes: -1 }],
    ['more than all', { accuracy: 1.5 }],
    ['null for a number', { macs: null }],
  ])('leaves out a board with %s, and says so', async (_, measures) => {
    const store = await open();
    await store.saveSetting('theme', 'dark');
    await store.changeBoard('x', () => board([attempt(1, 1, 1, 1)], 'x'));
    const file = JSON.parse(await store.exportText());
    file.data.boards[0].attempts[0].measures = measures;
    const { data, damaged } = readExport(JSON.stringify(file));
    expect(data.boards).toEqual([]);
    expect(damaged).toHaveLength(1);
    expect(damaged[0]!.where).toBe('boards[0]');
  });

  it('unites without growing past what a browser can hold', () => {
    const many = (from: number) =>
      board(Array.from({ length: 200 }, (_, i) => attempt(from + i, 1, 1, 1)));
    const united = mergeBoards(many(0), many(1000)).attempts;
    expect(united.length).toBeLessThanOrEqual(2 * mostAttempts);
    expect(united.at(-1)!.at).toBe(1199);
  });
});
