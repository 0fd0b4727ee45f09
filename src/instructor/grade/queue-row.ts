import { ReaderError } from '../../shared/reader-error.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';

/** What became of one job: its result, or why there is none. */
export type QueueRow<Result> =
  | { key: string; result: Result; error?: undefined }
  | { key: string; result?: undefined; error: ReaderErrorData };

/** One job to its row; nothing if the queue is stopped meanwhile. */
export const attempt = <Result>(
  key: string,
  work: (signal: AbortSignal) => Promise<Result>,
  patienceMs: number,
  stopped: AbortSignal,
): Promise<QueueRow<Result> | undefined> =>
  new Promise((resolve) => {
    const own = new AbortController();
    const settle = (row: QueueRow<Result> | undefined): void => {
      clearTimeout(patience);
      stopped.removeEventListener('abort', stop);
      resolve(row);
    };
    const stop = (): void => {
      settle(undefined);
      own.abort();
    };
    const patience = setTimeout(() => {
      settle({ key, error: noAnswer(patienceMs) });
      own.abort();
    }, patienceMs);
    stopped.addEventListener('abort', stop);
    // In a promise of its own, so that work that throws before its first await is a row too.
    void Promise.resolve()
      .then(() => work(own.signal))
      .then(
        (result) => settle({ key, result }),
        (error: unknown) => settle({ key, error: asData(error) }),
      );
  });

const noAnswer = (patienceMs: number): ReaderErrorData => ({
  code: 'grading-no-answer',
  explain: `Nothing came of this hand-in within ${Math.round(patienceMs / 1_000)} seconds, so it was left.`,
  hint: 'Grade it again by itself; the others are not touched by it.',
});

const asData = (error: unknown): ReaderErrorData => {
  if (error instanceof ReaderError) return error.toData();
  return {
    code: 'grading-failed',
    explain: 'This hand-in could not be graded.',
    elaborate: error instanceof Error ? error.message : String(error),
    hint: 'Grade it again; if it fails again, mark it by hand and report the message.',
  };
};
