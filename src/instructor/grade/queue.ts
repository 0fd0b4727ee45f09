import { ReaderError } from '../../shared/reader-error.ts';
import { attempt } from './queue-row.ts';
import type { QueueRow } from './queue-row.ts';

export type { QueueRow };

export interface QueueProgress {
  done: number;
  /** Of those done, how many have an error instead of a result. */
  failed: number;
  running: number;
  /** Without the jobs that were finished before. */
  total: number;
  elapsedMs: number;
  /** Likely, by the pace so far; missing until one job is done. */
  remainingMs?: number;
}

export interface QueueOptions<Job, Result> {
  jobs: readonly Job[];
  /** Tells jobs apart. */
  keyOf(job: Job): string;
  /**
   * @param slot - 0 … parallel − 1; a slot has one job at a time, so it can have a sandbox of its own
   * @param signal - aborted when the job is given up or the queue is stopped
   */
  work(job: Job, slot: number, signal: AbortSignal): Promise<Result>;
  parallel: number;
  /** Keys of jobs that an earlier run has finished: they are not run again. */
  finished?: Iterable<string>;
  /** How long one job may take before the queue goes on without it. 10 minutes unless given. */
  patienceMs?: number;
  /** Told of each row as it comes. */
  onRow?(row: QueueRow<Result>, progress: QueueProgress): void;
}

export interface QueueOutcome<Result> {
  /** In the order of the jobs; of a stopped queue, those that were done. */
  rows: QueueRow<Result>[];
  stopped: boolean;
}

export interface QueueHandle<Result> {
  done: Promise<QueueOutcome<Result>>;
  /** Ends at once: what is under way counts as not begun, so that a later run takes it up. */
  stop(): void;
}

const mostSlots = 64;

/**
 * Runs jobs, some at a time. A job that throws or never answers is a row that says so, and harms no other.
 *
 * @throws ReaderError `queue-parallel` for a number of slots that cannot be, `queue-key-twice` if two jobs have one key
 */
export const runQueue = <Job, Result>(options: QueueOptions<Job, Result>): QueueHandle<Result> => {
  const { jobs, keyOf, work, parallel, finished = [], onRow } = options;
  const { patienceMs = 10 * 60_000 } = options;
  requireParallel(parallel);
  requireDifferent(jobs.map(keyOf));
  const before = new Set(finished);
  const waiting = jobs.filter((job) => !before.has(keyOf(job)));
  const stopping = new AbortController();
  const startedAt = performance.now();
  const rows = new Map<string, QueueRow<Result>>();
  let next = 0;
  let running = 0;
  let failed = 0;

  const progress = (): QueueProgress => {
    const elapsedMs = performance.now() - startedAt;
    const done = rows.size;
    const total = waiting.length;
    const remaining = done > 0 ? { remainingMs: (elapsedMs / done) * (total - done) } : {};
    return { done, failed, running, total, elapsedMs, ...remaining };
  };
  const serve = async (slot: number): Promise<void> => {
    while (next < waiting.length && !stopping.signal.aborted) {
      const job = waiting[next++]!;
      running += 1;
      const row = await attempt(
        keyOf(job),
        (signal) => work(job, slot, signal),
        patienceMs,
        stopping.signal,
      );
      running -= 1;
      if (row === undefined) return;
      rows.set(row.key, row);
      if (row.error !== undefined) failed += 1;
      onRow?.(row, progress());
    }
  };
  const slots = Array.from({ length: Math.min(parallel, waiting.length) }, (_, slot) =>
    serve(slot),
  );
  return {
    done: Promise.all(slots).then(() => ({
      rows: waiting.flatMap((job) => rows.get(keyOf(job)) ?? []),
      stopped: stopping.signal.aborted,
    })),
    stop: () => stopping.abort(),
  };
};

const requireParallel = (parallel: number): void => {
  if (Number.isInteger(parallel) && parallel >= 1 && parallel <= mostSlots) return;
  throw new ReaderError({
    code: 'queue-parallel',
    explain: `How many are graded at a time must be a whole number from 1 to ${mostSlots}; it is ${parallel}.`,
  });
};

const requireDifferent = (keys: readonly string[]): void => {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) {
      throw new ReaderError({
        code: 'queue-key-twice',
        explain: `Two of the jobs have the key ${key}.`,
        hint: 'Choose one hand-in for each student before grading.',
      });
    }
    seen.add(key);
  }
};
