import type { CheckReport, CheckRequest, RunEvent } from '../../runtime/protocol.ts';
import type { RunHandle } from '../../runtime/run-process.ts';
import type { Runner } from './graded.ts';

/** What a runner is made of: the sandbox of a page or of Node. */
export interface Checks {
  check(request: CheckRequest, onEvent: (event: RunEvent) => void): RunHandle<CheckReport>;
}

/**
 * A runner on one sandbox. A sandbox runs one check at a time, a second replaces the first: here the second waits. What a
 * program prints goes nowhere.
 */
export const runnerOf = (sandbox: Checks): Runner => {
  let last: Promise<unknown> = Promise.resolve();
  return (request, signal) => {
    const report = last.then(() => runOne(sandbox, request, signal));
    last = report.catch(() => undefined);
    return report;
  };
};

const runOne = async (
  sandbox: Checks,
  request: CheckRequest,
  signal: AbortSignal | undefined,
): Promise<CheckReport> => {
  signal?.throwIfAborted();
  const handle = sandbox.check(request, () => undefined);
  const stop = (): void => handle.stop();
  signal?.addEventListener('abort', stop);
  try {
    return await handle.done;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};
