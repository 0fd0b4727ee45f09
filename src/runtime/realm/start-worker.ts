/** Starts a realm in a classic worker; see frame.ts for the other side. */
import { startRealm } from './start-realm.ts';
import type { RealmParts } from './start-realm.ts';
import type { ScriptUrls, ToRealm } from '../wire.ts';
import type { EvaluateScript } from './evaluate.ts';

interface WorkerGlobal {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  importScripts(url: string): void;
}

/** Waits for the frame's first message, which carries a port, and serves that port. */
export function startWorker(parts: Omit<RealmParts, 'evaluateScriptBy'>): void {
  const scope = globalThis as unknown as WorkerGlobal;
  const evaluateScriptBy = scriptEvaluators(scope);
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
      { ...parts, evaluateScriptBy },
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
 * Scripts are evaluated from `data:` or `blob:` URLs by `importScripts`, which needs no `unsafe-eval` in the policy. A blob's
 * URL the browser looks up in another process, which takes thrice as long.
 * The script leaves its value through a hook that exists only while it is evaluated.
 */
function scriptEvaluators(scope: WorkerGlobal): (urls: ScriptUrls) => EvaluateScript {
  const importScripts = scope.importScripts.bind(scope);
  const encode = encodeURIComponent;
  const createObjectURL = URL.createObjectURL.bind(URL);
  const revokeObjectURL = URL.revokeObjectURL.bind(URL);
  const MakeBlob = Blob;
  const runAt: Record<ScriptUrls, (script: string) => void> = {
    data: (script) => importScripts(`data:text/javascript;charset=utf-8,${encode(script)}`),
    blob: (script) => {
      const url = createObjectURL(new MakeBlob([script], { type: 'text/javascript' }));
      try {
        importScripts(url);
      } finally {
        revokeObjectURL(url);
      }
    },
  };
  const hook = '__take';
  return (urls) => (text, url) => {
    let value: unknown;
    const holder = globalThis as unknown as Record<string, unknown>;
    holder[hook] = (given: unknown) => {
      value = given;
    };
    try {
      runAt[urls](`${hook}(${text})\n//# sourceURL=${url}`);
    } finally {
      Reflect.deleteProperty(holder, hook);
    }
    return value;
  };
}
