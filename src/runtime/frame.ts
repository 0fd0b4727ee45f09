/**
 * The script of /sandbox.html: starts workers, carries messages, connects workers, counts what each worker sends and
 * ends the ones that send too much. A reader's code never runs in this window.
 */
import { frameReady } from './frame-protocol.ts';
import { MessageQuota } from './message-quota.ts';
import type { FromFrame, ToFrame, WorkerKind } from './frame-protocol.ts';
import type { WasmFiles } from './wire.ts';

interface Running {
  worker: Worker;
  port: MessagePort;
  quota: MessageQuota;
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
    running.set(id, { worker, port: port1, quota });
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const refusal = quota.refuse(data);
      if (refusal !== undefined) end(id, 'overflow', refusal);
      else tell({ type: 'message', worker: id, message: data });
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

  const connect = (judge: Running | undefined, submission: Running | undefined): void => {
    if (!judge || !submission) return;
    const { port1, port2 } = new MessageChannel();
    judge.port.postMessage({ type: 'peer', role: 'judge', port: port1 }, [port1]);
    submission.port.postMessage({ type: 'peer', role: 'submission', port: port2 }, [port2]);
  };

  const receive = (data: ToFrame): void => {
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
      case 'connect':
        return connect(running.get(data.judge), running.get(data.submission));
      case 'ping':
        tell({ type: 'pong' });
        return;
    }
  };
  host.onmessage = ({ data }: MessageEvent<ToFrame[]>) => data.forEach(receive);
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
