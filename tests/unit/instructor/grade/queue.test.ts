import { describe, expect, test, vi } from 'vitest';
import { runQueue } from '../../../../src/instructor/grade/queue.ts';
import type {
  QueueHandle,
  QueueOptions,
  QueueProgress,
} from '../../../../src/instructor/grade/queue.ts';
import { ReaderError } from '../../../../src/shared/reader-error.ts';

const later = (ms = 1): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = new Promise<never>(() => undefined);
const keyOf = (job: string): string => job;
const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

const start = (changes: Partial<QueueOptions<string, string>> = {}) =>
  runQueue<string, string>({
    jobs: letters,
    keyOf,
    parallel: 2,
    work: async (job) => {
      await later();
      return job.toUpperCase();
    },
    ...changes,
  });

describe('runQueue', () => {
  test('runs every job, no more than so many at a time, each in a slot of its own', async () => {
    let running = 0;
    let most = 0;
    const busy = new Set<number>();
    const { done } = start({
      parallel: 3,
      work: async (job, slot) => {
        expect(busy.has(slot)).toBe(false);
        busy.add(slot);
        running += 1;
        most = Math.max(most, running);
        // The first are the slowest, so that they end out of order.
        await later(job < 'c' ? 20 : 2);
        running -= 1;
        busy.delete(slot);
        return job.toUpperCase();
      },
    });
    const { rows, stopped } = await done;
    expect(rows).toEqual(letters.map((key) => ({ key, result: key.toUpperCase() })));
    expect(stopped).toBe(false);
    expect(most).toBe(3);
  });

  test('tells of each row, and how far it is', async () => {
    const told: [string, QueueProgress][] = [];
    await start({ onRow: ({ key }, progress) => told.push([key, progress]) }).done;
    expect(told.map(([key]) => key).sort()).toEqual(letters);
    expect(told.map(([, { done }]) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.at(-1)![1]).toMatchObject({ total: 6, failed: 0, running: 0, remainingMs: 0 });
    expect(told[0]![1].remainingMs).toBeGreaterThan(0);
  });

  test('a job that throws is a row that says so, and the others are done', async () => {
    const progress = vi.fn();
    const { rows } = await start({
      onRow: (_, given) => progress(given.failed),
      work: (job) => {
        if (job === 'b') throw new TypeError('a surprise');
        if (job === 'd')
          return Promise.reject(new ReaderError({ code: 'odd', explain: 'It is odd.' }));
        return Promise.resolve(job);
      },
    }).done;
    expect(rows.map(({ error }) => error?.code)).toEqual([
      undefined,
      'grading-failed',
      undefined,
      'odd',
      undefined,
      undefined,
    ]);
    expect(rows[1]!.error?.elaborate).toBe('a surprise');
    expect(progress).toHaveBeenLastCalledWith(2);
  });

  test('a job that never answers is left after a while, and told to end', async () => {
    let told = false;
    const { rows } = await start({
      patienceMs: 30,
      work: async (job, _, signal) => {
        if (job !== 'a') return job;
        signal.addEventListener('abort', () => {
          told = true;
        });
        return never;
      },
    }).done;
    expect(rows[0]!.error?.code).toBe('grading-no-answer');
    expect(rows.slice(1).map(({ result }) => result)).toEqual(letters.slice(1));
    expect(told).toBe(true);
  });

  test('Stop ends at once, and a later run takes up the rest', async () => {
    const begun: string[] = [];
    const signals: AbortSignal[] = [];
    const first: QueueHandle<string> = start({
      work: async (job, _, signal) => {
        begun.push(job);
        signals.push(signal);
        return job < 'c' ? job : never;
      },
      onRow: ({ key }) => {
        if (key === 'b') setTimeout(() => first.stop(), 10);
      },
    });
    const { rows, stopped } = await first.done;
    expect(stopped).toBe(true);
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    expect(signals.slice(2).every(({ aborted }) => aborted)).toBe(true);

    const again: string[] = [];
    const second = await start({
      finished: rows.map(({ key }) => key),
      work: async (job) => {
        again.push(job);
        return job;
      },
    }).done;
    expect(again).toEqual(['c', 'd', 'e', 'f']);
    expect(second.rows.map(({ key }) => key)).toEqual(again);
  });

  test('nothing to do is done', async () => {
    expect(await start({ jobs: [] }).done).toEqual({ rows: [], stopped: false });
  });

  test('refuses numbers of slots that cannot be, and one key for two', () => {
    for (const parallel of [0, -1, 1.5, NaN, 65]) {
      expect(() => start({ parallel })).toThrow(ReaderError);
    }
    expect(() => start({ jobs: ['a', 'b', 'a'] })).toThrow('the key a');
  });
});
