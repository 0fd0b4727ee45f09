/**
 * The workbench's worker: all reading, making smaller and measuring is here, so that the page never waits. It answers
 * one call after the other; Stop comes in between.
 */
import { ReaderError, type ReaderErrorData } from '../../shared/reader-error.ts';
import type { RunControl } from '../../workbench/progress.ts';
import type { Calls, CallName, FromWorker, ToWorker } from './protocol.ts';
import { Bench } from './worker/bench.ts';

/** What is used of DedicatedWorkerGlobalScope; the project's types are those of a page. */
interface WorkerGlobal {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

const scope = globalThis as unknown as WorkerGlobal;
const running = new Map<number, AbortController>();
let bench: Bench | undefined;
let last: Promise<void> = Promise.resolve();

scope.addEventListener('message', ({ data }) => {
  if (data.call === 'stop') {
    running.get(data.id)?.abort();
    return;
  }
  running.set(data.id, new AbortController());
  last = last.then(() => serve(data));
});

const serve = async (message: Exclude<ToWorker, { call: 'stop' }>): Promise<void> => {
  const { id } = message;
  const control: RunControl = {
    signal: running.get(id)!.signal,
    onProgress: progressTeller(id),
  };
  try {
    bench ??= new Bench(message.base);
    scope.postMessage({ id, kind: 'answer', value: await answer(bench, message, control) });
  } catch (error) {
    scope.postMessage({ id, kind: 'error', error: explain(error) });
  } finally {
    running.delete(id);
  }
};

const answer = (
  to: Bench,
  message: Exclude<ToWorker, { call: 'stop' }>,
  control: RunControl,
): Promise<Calls[CallName]['answer']> => {
  switch (message.call) {
    case 'open':
      return to.open(message);
    case 'data':
      return to.data(message, control);
    case 'run':
      return to.run(message, control);
    case 'runtime':
      return to.runtime(control);
    case 'save':
      return to.save(message);
  }
};

/** Tells progress when the step changes, and else so often at most that the page has time for other things. */
const progressTeller = (id: number): NonNullable<RunControl['onProgress']> => {
  let [shown, at] = ['', -Infinity];
  return (done, total, label) => {
    const now = performance.now();
    if (label === shown && now - at < 50) return;
    [shown, at] = [label, now];
    scope.postMessage({ id, kind: 'progress', progress: { done, total, label } });
  };
};

const explain = (error: unknown): ReaderErrorData => {
  if (error instanceof ReaderError) return error.toData();
  console.error(error);
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /allocation|buffer|memory/i.test(said)) {
    return {
      code: 'out-of-memory',
      explain: 'There is not enough memory for this.',
      elaborate: `The browser says: ${said}`,
      hint: 'Close other pages, or take a smaller model or less data.',
    };
  }
  return {
    code: 'unexpected',
    explain: 'Something went wrong that should not have.',
    elaborate: `It says: ${said}`,
    hint: 'It is a fault of the workbench, not of your file.',
  };
};
