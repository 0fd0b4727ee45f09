/** Starts a realm in a classic worker; see frame.ts for the other side. */
import { startRealm } from './start-realm.ts';
import type { RealmParts } from './start-realm.ts';
import type { ToRealm } from '../wire.ts';
import type { EvaluateScript } from './evaluate.ts';

interface WorkerGlobal {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  importScripts(url: string): void;
}

/** Waits for the frame's first message, which carries a port, and serves that port. */
export function startWorker(parts: Omit<RealmParts, 'evaluateScript'>): void {
  const scope = globalThis as unknown as WorkerGlobal;
  const evaluateScript = scriptEvaluator(scope);
  const openPort = portOpener();
  const takePort = (event: MessageEvent): void => {
    const port = event.ports[0];
    if (!port) return;
    scope.removeEventListener('message', takePort);
    const host = openPort(port);
    startRealm(
      {
        send: host.send,
        listen: (receive) => host.listen((data) => receive(data as ToRealm)),
        openPeer: openPort,
      },
      { ...parts, evaluateScript },
    );
  };
  scope.addEventListener('message', takePort);
}

interface OpenPort {
  send(message: unknown, transfer?: Transferable[]): void;
  listen(receive: (data: unknown) => void): void;
  close(): void;
}

/**
 * Ports are opened before a reader's code runs: the functions used on them are captured then, so that the code can neither
 * find a port nor replace them.
 */
function portOpener(): (port: MessagePort) => OpenPort {
  const readData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!;
  const apply = Reflect.apply;
  return (port) => {
    const post = port.postMessage.bind(port) as (
      message: unknown,
      transfer: Transferable[],
    ) => void;
    return {
      send: (message, transfer = []) => post(message, transfer),
      listen: (receive) => {
        port.onmessage = (message) => receive(apply(readData, message, []));
      },
      close: port.close.bind(port),
    };
  };
}

/**
 * Scripts are evaluated from blob URLs by `importScripts`, which needs no `unsafe-eval` in the policy.
 * The script leaves its value through a hook that exists only while it is evaluated.
 */
function scriptEvaluator(scope: WorkerGlobal): EvaluateScript {
  const importScripts = scope.importScripts.bind(scope);
  const createObjectURL = URL.createObjectURL.bind(URL);
  const revokeObjectURL = URL.revokeObjectURL.bind(URL);
  const MakeBlob = Blob;
  const hook = '__take';
  return (text, url) => {
    let value: unknown;
    const blobUrl = createObjectURL(
      new MakeBlob([`${hook}(${text})\n//# sourceURL=${url}`], { type: 'text/javascript' }),
    );
    const holder = globalThis as unknown as Record<string, unknown>;
    holder[hook] = (given: unknown) => {
      value = given;
    };
    try {
      importScripts(blobUrl);
    } finally {
      Reflect.deleteProperty(holder, hook);
      revokeObjectURL(blobUrl);
    }
    return value;
  };
}
