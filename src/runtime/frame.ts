/**
 * The script of /sandbox.html: starts workers, carries messages, counts what each worker sends and
 * ends the ones that send too much. A reader's code never runs in this window.
 */
import { frameReady } from './frame-protocol.ts';
import { CallRelay } from './call-relay.ts';
import { MessageQuota } from './message-quota.ts';
import type { FromFrame, ToFrame, WorkerKind } from './frame-protocol.ts';
import type { WasmFiles } from './wire.ts';

interface Running {
  worker: Worker;
  port: MessagePort;
  quota: MessageQuota;
  /** Of the judge's worker. */
  relay?: CallRelay;
  /** Takes the messages that need not go to the page. */
  carry?: (data: unknown) => boolean;
}

const running = new Map<number, Running>();
const scriptUrls: Record<WorkerKind, string> = { whole: '', light: '' };
let wasm: WasmFiles = {};

const scriptUrl = (text: string): string =>
  URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

function serve(host: MessagePort): void {
  const tell = (message: FromFrame): void => host.postMessage(message);

  const kill = (id: number): void => {
    const entry = running.get(id);
    if (!entry) return;
    running.delete(id);
    // Closing the port drops what still waits in it.
    entry.port.close();
    entry.worker.terminate();
  };
  const end = (id: number, reason: 'overflow' | 'died', detail: string): void => {
    if (!running.has(id)) return;
    kill(id);
    tell({ type: 'ended', worker: id, reason, detail });
  };

  const spawn = (id: number, kind: WorkerKind): void => {
    const worker = new Worker(scriptUrls[kind]);
    const { port1, port2 } = new MessageChannel();
    const quota = new MessageQuota();
    const entry: Running = { worker, port: port1, quota };
    running.set(id, entry);
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const refusal = quota.refuse(data);
      if (refusal !== undefined) end(id, 'overflow', refusal);
      else if (!entry.carry?.(data)) tell({ type: 'message', worker: id, message: data });
    };
    // The realm speaks through its port alone. Anything here comes from code that went round it.
    worker.onmessage = worker.onmessageerror = () =>
      end(id, 'overflow', 'The code sent messages of its own.');
    worker.onerror = (event) => {
      event.preventDefault();
      end(id, 'died', event.message);
    };
    worker.postMessage({}, [port2]);
    port1.postMessage({ type: 'boot', wasm: kind === 'whole' ? wasm : {} });
  };

  const relay = (
    run: number,
    judge: Running | undefined,
    submission: Running | undefined,
  ): void => {
    if (!judge || !submission) return;
    const calls = new CallRelay(run, {
      toJudge: (message) => judge.port.postMessage(message),
      toSubmission: (message) => {
        submission.quota.reset();
        submission.port.postMessage(message);
      },
    });
    judge.relay = calls;
    judge.carry = (data) => calls.fromJudge(data);
    submission.carry = (data) => calls.fromSubmission(data);
  };

  host.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.type) {
      case 'assets':
        scriptUrls.whole = scriptUrl(data.text);
        if (data.light !== undefined) scriptUrls.light = scriptUrl(data.light);
        wasm = data.wasm;
        return;
      case 'spawn':
        return spawn(data.worker, data.kind);
      case 'send':
        running.get(data.worker)?.port.postMessage(data.message);
        return;
      case 'reset-quota':
        running.get(data.worker)?.quota.reset();
        return;
      case 'kill':
        return kill(data.worker);
      case 'relay':
        return relay(data.run, running.get(data.judge), running.get(data.submission));
      case 'ask-relay':
        tell({
          type: 'relay-doing',
          judge: data.judge,
          name: running.get(data.judge)?.relay?.doing,
        });
        return;
      case 'end-relay':
        running.get(data.judge)?.relay?.end(data.error);
        return;
      case 'ping':
        tell({ type: 'pong' });
        return;
    }
  };
}

const takePort = (event: MessageEvent): void => {
  const port = event.ports[0];
  if (event.source !== parent || !port) return;
  removeEventListener('message', takePort);
  serve(port);
};
addEventListener('message', takePort);
// The page cannot know when this script has run; the origin of the page is not known here.
parent.postMessage(frameReady, '*');
