/**
 * The sandbox in Node, for verifying the book's own content: the very worker bundle that the browser
 * gets, run in worker threads by the same host code (limits, validation, two realms for a check).
 *
 * ```ts
 * const sandbox = await createNodeSandbox({ files });     // bundles src/exercises/sandbox-worker.ts, cached
 * const { done, stop } = sandbox.run({ cell, section, code, seed, limitMs }, (event) => { … });
 * const outcome = await done;                             // RunOutcome; never rejects
 * const report = await sandbox.check({ exercise, code, entry, checks, mistakes, seed, limitMs }).done;
 * const { outcome, outputs } = await sandbox.runCell(request);  // a run with its output collected
 * sandbox.dispose();                                      // ends every thread
 * ```
 *
 * Cells of one `section` share what they define; a check's submission gets a fresh realm each time.
 * Several sandboxes can be open at once; one sandbox runs one check at a time (a second replaces the first).
 * Threads are no wall against hostile code: only the browser's sandbox is.
 */
import { Worker } from 'node:worker_threads';
import { MessageQuota } from './message-quota.ts';
import { bundleWorker } from './node/bundle-worker.ts';
import { threadBootText } from './node/thread-boot.ts';
import { Session } from './session.ts';
import type { BookFiles } from './book-files.ts';
import type {
  CheckReport,
  CheckRequest,
  OutputItem,
  RunEvent,
  RunOutcome,
  RunRequest,
} from './protocol.ts';
import type { RunHandle } from './run-process.ts';
import type { WasmFiles } from './wire.ts';
import type { WorkerLink } from './worker-link.ts';

export interface NodeSandboxOptions {
  /** Entry of the worker bundle, from the repository's root. */
  entry?: string;
  /** Files of the book that code may open; see `bookFilesOnDisk`. None unless given. */
  files?: BookFiles;
  /** JavaScript heap of one thread, in MB. */
  heapMb?: number;
}

export interface NodeSandbox {
  run(request: RunRequest, onEvent?: (event: RunEvent) => void): RunHandle<RunOutcome>;
  check(request: CheckRequest, onEvent?: (event: RunEvent) => void): RunHandle<CheckReport>;
  /** Runs a cell to its end and gives what it showed as well. */
  runCell(request: RunRequest): Promise<{ outcome: RunOutcome; outputs: OutputItem[] }>;
  dispose(): void;
}

export async function createNodeSandbox({
  entry,
  files,
  heapMb = 1_024,
}: NodeSandboxOptions = {}): Promise<NodeSandbox> {
  const { text, wasm } = await bundleWorker(entry);
  const session = new Session({ spawn: () => startThread(text, wasm, heapMb), files });
  const ignore = (): void => undefined;
  return {
    run: (request, onEvent = ignore) => session.run(request, onEvent),
    check: (request, onEvent = ignore) => session.check(request, onEvent),
    runCell: async (request) => {
      const outputs: OutputItem[] = [];
      const outcome = await session.run(request, (event) => {
        if (event.type === 'output') outputs.push(event.item);
      }).done;
      return { outcome, outputs };
    },
    dispose: () => session.dispose(),
  };
}

/** The host's end of the port to each thread. */
const portOf = new WeakMap<WorkerLink, MessagePort>();

function startThread(text: string, wasm: WasmFiles, heapMb: number): WorkerLink {
  const worker = new Worker(threadBootText, {
    eval: true,
    workerData: { text },
    // At the limit Node allows 16 MB more for the collection under way; a young generation that could
    // exceed them would bring the whole process down.
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
  });
  const { port1, port2 } = new MessageChannel();
  const quota = new MessageQuota();
  let open = true;
  const close = (): void => {
    open = false;
    port1.close();
    void worker.terminate();
  };
  const link: WorkerLink = {
    onMessage: () => undefined,
    onEnd: () => undefined,
    send: (message, transfer = []) => port1.postMessage(message, transfer),
    resetQuota: () => quota.reset(),
    terminate: close,
    connectTo: (submission) => {
      const ends = new MessageChannel();
      port1.postMessage({ type: 'peer', role: 'judge', port: ends.port1 }, [ends.port1]);
      portOf
        .get(submission)
        ?.postMessage({ type: 'peer', role: 'submission', port: ends.port2 }, [ends.port2]);
    },
  };
  portOf.set(link, port1);
  const end = (reason: 'overflow' | 'died', detail: string): void => {
    if (!open) return;
    close();
    link.onEnd({ reason, detail });
  };
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!open) return;
    const refusal = quota.refuse(data);
    if (refusal === undefined) link.onMessage(data);
    else end('overflow', refusal);
  };
  worker.on('error', (error) =>
    end('died', error instanceof Error ? error.message : String(error)),
  );
  worker.on('exit', () => end('died', ''));
  worker.postMessage({ port: port2 }, [port2 as never]);
  link.send({ type: 'boot', wasm });
  return link;
}
