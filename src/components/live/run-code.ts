import type { RunEvent, RunOutcome, RunRequest } from '../../runtime/protocol.ts';
import { openSandbox } from './services.ts';

export interface Running {
  done: Promise<RunOutcome>;
  stop: () => void;
}

/** Runs code in the sandbox. Stop works from the first moment, while the sandbox is still being fetched. */
export const runCode = (request: RunRequest, onEvent: (event: RunEvent) => void): Running => {
  let stopped = false;
  let inner: Running | undefined;
  const begin = async (): Promise<RunOutcome> => {
    const sandbox = await openSandbox();
    if (stopped) return { status: 'stopped', elapsedMs: 0, sectionLost: false };
    const running = sandbox.run(request, onEvent);
    inner = running;
    return running.done;
  };
  return {
    done: begin(),
    stop: () => {
      stopped = true;
      inner?.stop();
    },
  };
};

/** Shown when the sandbox itself could not be fetched. */
export const sandboxFailure =
  'The sandbox could not be started. Check the connection, then press the button again.';
